UPDATE marketing.a SET id = 1; -- error: `nothing_made` has no `-- DOWN MIGRATION` block
