# The tables of crates/store-dynamodb/src/keys.rs, which documents what is in them. A test compares them with those that
# `vibesheets migrate` makes (crates/store-dynamodb/tests/terraform.rs).

locals {
  tables = {
    time_entries     = { partition_key = "member", sort_key = "item" }
    organisations    = { partition_key = "organisation", sort_key = "item" }
    members          = { partition_key = "organisation", sort_key = "member" }
    projects         = { partition_key = "organisation", sort_key = "item" }
    accounts         = { partition_key = "account", sort_key = "item" }
    sessions         = { partition_key = "account", sort_key = "session" }
    applied_commands = { partition_key = "command", sort_key = "part" }
    sign_in_attempts = { partition_key = "subject", sort_key = "item" }
  }

  indexes = {
    time_entries = { by_organisation = { partition_key = "organisation_shard", sort_key = "start_id" } }
  }

  expiring = ["applied_commands", "sessions", "sign_in_attempts"]
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name = "${var.prefix}${each.key}${var.suffix}"
  # Everybody clocks in within the same minutes; provisioned units would be paid for all day.
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = each.value.partition_key
  range_key    = each.value.sort_key

  # Acknowledged hours are never lost, by `terraform destroy` either.
  deletion_protection_enabled = var.deletion_protection

  dynamic "attribute" {
    for_each = toset(flatten([
      for keys in concat([each.value], values(lookup(local.indexes, each.key, {}))) : [keys.partition_key, keys.sort_key]
    ]))

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = lookup(local.indexes, each.key, {})

    content {
      name      = global_secondary_index.key
      hash_key  = global_secondary_index.value.partition_key
      range_key = global_secondary_index.value.sort_key
      # Lists and reports are answered from the index alone.
      projection_type = "ALL"
    }
  }

  dynamic "ttl" {
    for_each = contains(local.expiring, each.key) ? ["expires_at"] : []

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  # A restore goes into a new table, which has lost these settings and may hold part of a transaction: see that it has them
  # again, and run `vibesheets verify` on it.
  point_in_time_recovery {
    enabled                 = var.recovery_days != null
    recovery_period_in_days = var.recovery_days
  }

  # AWS encrypts in any case; with its managed key rather than its own, each use of the key is in CloudTrail.
  server_side_encryption {
    enabled = true
  }

  tags = var.tags
}

data "aws_region" "current" {}
