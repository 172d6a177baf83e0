def trace_block(*a):
    return b""
