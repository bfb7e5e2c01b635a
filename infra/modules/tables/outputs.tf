output "names" {
  description = "Each table's full name."
  value       = { for table, made in aws_dynamodb_table.this : table => made.name }
}

output "arns" {
  description = "Each table's ARN."
  value       = { for table, made in aws_dynamodb_table.this : table => made.arn }
}

output "index_arns" {
  description = "Each index's ARN, as TABLE/index/INDEX."
  value = merge([
    for table, indexes in local.indexes : {
      for index in keys(indexes) : "${table}/index/${index}" => "${aws_dynamodb_table.this[table].arn}/index/${index}"
    }
  ]...)
}

output "store_url" {
  description = "What VIBESHEETS_STORE is for these tables."
  value = join("", [
    "dynamodb:${var.prefix}?region=${data.aws_region.current.name}",
    var.suffix == "" ? "" : "&suffix=${var.suffix}",
  ])
}
