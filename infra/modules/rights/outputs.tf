output "policies" {
  description = "Each function's IAM policy for the tables, as JSON."
  value = {
    for function, rights in local.resources : function => jsonencode({
      Version = "2012-10-17"
      Statement = concat(
        [
          for right in ["read", "put", "delete"] :
          { Effect = "Allow", Action = local.table_actions[right], Resource = rights[right].tables }
          if length(rights[right].tables) > 0
        ],
        [
          for right in keys(local.index_actions) :
          { Effect = "Allow", Action = local.index_actions[right], Resource = rights[right].indexes }
          if length(rights[right].indexes) > 0
        ],
      )
    })
  }
}
