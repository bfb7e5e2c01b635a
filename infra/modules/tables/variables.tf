variable "prefix" {
  description = "Stands before each table's name: the PREFIX of the store's URL."
  type        = string
  default     = "vibesheets-"

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]{0,100}$", var.prefix))
    error_message = "The prefix is part of table names: at most 100 letters, digits, '_', '-' and '.'."
  }
}

variable "suffix" {
  description = "Stands behind each table's name, so that environments may share an account: the suffix of the store's URL."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]{0,100}$", var.suffix))
    error_message = "The suffix is part of table names: at most 100 letters, digits, '_', '-' and '.'."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the tables. A table goes only after it was switched off and applied."
  type        = bool
  default     = true
}

variable "recovery_days" {
  description = "How many days back the tables can be restored to any second; null switches recovery off."
  type        = number
  default     = 35

  validation {
    condition     = var.recovery_days == null ? true : contains(range(1, 36), var.recovery_days)
    error_message = "DynamoDB recovers 1 to 35 whole days."
  }
}

variable "tags" {
  description = "Tags of every table."
  type        = map(string)
  default     = {}
}
