variable "table_arns" {
  description = "Each table's ARN by its name without prefix and suffix: the output `arns` of the module `tables`."
  type        = map(string)

  validation {
    condition     = alltrue([for arn in values(var.table_arns) : can(regex("^arn:[a-z-]+:dynamodb:.*:table/[^/*]+$", arn))])
    error_message = "Each must be the ARN of one table."
  }
}
