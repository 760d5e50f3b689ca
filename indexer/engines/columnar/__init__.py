"""What engines that keep columns on this machine share: values, stories, snapshots."""
