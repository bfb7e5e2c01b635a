mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
}

run "the_store_url_names_what_the_tables_are_called" {
  command = apply

  variables {
    prefix = "vibesheets-"
    suffix = "-prod"
  }

  assert {
    condition     = output.store_url == "dynamodb:vibesheets-?region=eu-central-1&suffix=-prod"
    error_message = output.store_url
  }

  assert {
    condition     = output.names["time_entries"] == "vibesheets-time_entries-prod" && length(output.names) == 8
    error_message = jsonencode(output.names)
  }

  assert {
    condition     = keys(output.index_arns) == ["time_entries/index/by_organisation"]
    error_message = jsonencode(output.index_arns)
  }
}

run "without_a_suffix_the_store_url_has_none" {
  command = apply

  assert {
    condition     = output.store_url == "dynamodb:vibesheets-?region=eu-central-1"
    error_message = output.store_url
  }
}

run "what_is_kept_is_protected_unless_somebody_says_otherwise" {
  command = plan

  assert {
    condition = alltrue([
      for table in aws_dynamodb_table.this :
      table.deletion_protection_enabled && table.point_in_time_recovery[0].enabled
      && table.point_in_time_recovery[0].recovery_period_in_days == 35
    ])
    error_message = "a table is not protected"
  }
}

run "recovery_can_be_switched_off" {
  command = plan

  variables {
    recovery_days = null
  }

  assert {
    condition     = !anytrue([for table in aws_dynamodb_table.this : table.point_in_time_recovery[0].enabled])
    error_message = "a table has recovery"
  }
}

run "a_prefix_that_no_table_can_have_is_refused" {
  command = plan

  variables {
    prefix = "vibe sheets"
  }

  expect_failures = [var.prefix]
}

run "a_suffix_that_would_be_another_parameter_of_the_store_is_refused" {
  command = plan

  variables {
    suffix = "-prod&region=us-east-1"
  }

  expect_failures = [var.suffix]
}

run "a_name_that_is_too_long_is_refused" {
  command = plan

  variables {
    prefix = join("", [for place in range(101) : "x"])
  }

  expect_failures = [var.prefix]
}

run "more_days_than_dynamodb_recovers_are_refused" {
  command = plan

  variables {
    recovery_days = 36
  }

  expect_failures = [var.recovery_days]
}

run "parts_of_days_are_refused" {
  command = plan

  variables {
    recovery_days = 1.5
  }

  expect_failures = [var.recovery_days]
}
