"""Filing claims: what a partner's people do, from an empty claim to a filed one."""
