# What each function may do to the tables: crates/lambda/rights.json, which a test measures at the functions themselves.
# Whatever is not named there is not allowed; docs/LAMBDA.md has what they need besides tables.

locals {
  rights = jsondecode(file("${path.module}/../../../crates/lambda/rights.json"))

  # Transactions are these actions on each of their items and need no right of their own. Which of the three readings a call comes
  # to depends on what others are just writing, so they go together. No function scans, updates in place or checks a condition
  # without writing.
  table_actions = {
    read   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"]
    put    = ["dynamodb:PutItem"]
    delete = ["dynamodb:DeleteItem"]
  }

  # All that can be asked of an index.
  index_actions = { read = ["dynamodb:Query"] }

  # By function and what is done: the tables, and the indexes, which rights.json calls TABLE/index/INDEX.
  resources = {
    for function, rights in local.rights : function => {
      for right in keys(local.table_actions) : right => {
        tables = sort([for name, has in rights : var.table_arns[name] if contains(has, right) && !strcontains(name, "/")])
        indexes = sort([
          for name, has in rights : replace(name, regex("^[^/]+", name), var.table_arns[split("/", name)[0]])
          if contains(has, right) && strcontains(name, "/")
        ])
      }
    }
  }
}
