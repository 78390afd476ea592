"""The subcommands of `huiyin`, one module each; see `huiyin.cli`."""
