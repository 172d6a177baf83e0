"""The Word press: a template is compiled once and rendered by our own environment."""

from reportgen.render.word.press import WordTemplate as WordTemplate
