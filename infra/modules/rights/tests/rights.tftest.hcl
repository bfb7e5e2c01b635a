variables {
  table_arns = {
    for table in [
      "time_entries", "organisations", "members", "projects", "accounts", "sessions", "applied_commands", "sign_in_attempts"
    ] : table => "arn:aws:dynamodb:eu-central-1:123456789012:table/vibesheets-${table}-prod"
  }
}

run "the_clocks_status_is_read_from_four_tables_and_nothing_is_written" {
  assert {
    condition = jsondecode(output.policies["clock-status"]) == {
      Version = "2012-10-17"
      Statement = [{
        Effect = "Allow"
        Action = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"]
        Resource = [
          for table in ["members", "organisations", "sessions", "time_entries"] :
          "arn:aws:dynamodb:eu-central-1:123456789012:table/vibesheets-${table}-prod"
        ]
      }]
    }
    error_message = output.policies["clock-status"]
  }
}

run "timesheets_are_changed_in_two_tables_and_found_in_the_index" {
  assert {
    condition = [for statement in jsondecode(output.policies["update-timesheet"]).Statement : [
      statement.Action, [for arn in statement.Resource : trimprefix(arn, "arn:aws:dynamodb:eu-central-1:123456789012:table/vibesheets-")],
      ]] == [
      [["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"], ["applied_commands-prod", "members-prod", "organisations-prod", "projects-prod", "sessions-prod", "time_entries-prod"]],
      [["dynamodb:PutItem"], ["applied_commands-prod", "time_entries-prod"]],
      [["dynamodb:DeleteItem"], ["time_entries-prod"]],
      [["dynamodb:Query"], ["time_entries-prod/index/by_organisation"]],
    ]
    error_message = output.policies["update-timesheet"]
  }
}

run "no_function_may_do_anything_to_everything" {
  assert {
    condition     = length(output.policies) == 13 && !anytrue([for policy in values(output.policies) : strcontains(policy, "*")])
    error_message = jsonencode(output.policies)
  }
}

run "an_arn_of_many_tables_is_refused" {
  command = plan

  variables {
    table_arns = { time_entries = "arn:aws:dynamodb:eu-central-1:123456789012:table/*" }
  }

  expect_failures = [var.table_arns]
}
