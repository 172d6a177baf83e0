"""Projects with their funds and indicators, from lists (项目.xlsx, .csv) or filled-in forms."""

from reportgen.sources.projects.book import Listed as Listed
from reportgen.sources.projects.book import ProjectBook as ProjectBook
from reportgen.sources.projects.build import build as build
from reportgen.sources.projects.opening import input_files as input_files
from reportgen.sources.projects.opening import open_projects as open_projects
from reportgen.sources.projects.raw import Head as Head
from reportgen.sources.projects.raw import RawProject as RawProject
from reportgen.sources.projects.raw import RawRow as RawRow
from reportgen.sources.projects.whole import read_projects as read_projects
