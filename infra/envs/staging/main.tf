terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Where the state lies is the operator's: `terraform init -backend-config=FILE` (docs/SCALING.md).
  backend "s3" {}
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { application = "vibesheets", environment = "staging" }
  }
}

variable "region" {
  description = "Where everything is."
  type        = string
  default     = "eu-central-1"
}

module "tables" {
  source = "../../modules/tables"

  suffix = "-staging"
}

module "rights" {
  source = "../../modules/rights"

  table_arns = module.tables.arns
}

output "store_url" {
  description = "VIBESHEETS_STORE of servers and functions."
  value       = module.tables.store_url
}

output "tables" {
  description = "Each table's name."
  value       = module.tables.names
}

output "policies" {
  description = "Each function's IAM policy for the tables."
  value       = module.rights.policies
}
