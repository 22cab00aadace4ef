"""Questions of the library: before something is deleted, moved or shared."""
