"""The site: settings, addresses, page frames, visual components. It holds no rule and knows no case."""
