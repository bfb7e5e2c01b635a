//! The list of all functions of the suite, as tests.

/// Makes a test of each function of the suite. `$make_store` is an `async fn() -> Arc<dyn Store>` that gives an empty
/// store each time; the caller's crate needs `tokio` with its macros.
#[macro_export]
macro_rules! contract_tests {
    ($make_store:ident) => {
        $crate::contract_tests! { @on_a_store $make_store;
            timesheets: [
                a_member_without_records_has_an_empty_timesheet
                a_timesheet_shows_the_open_entry_and_the_head_that_wrote_it
                overlapping_are_the_closed_entries_that_share_a_second
                an_entry_of_31_days_is_in_the_way_of_its_last_second
                entries_asked_for_by_id_are_shown_even_deleted_but_only_the_members_own
                days_sum_the_closed_seconds_of_each_work_date
            ]
            entry_writes: [
                every_field_of_an_entry_is_kept
                a_write_on_an_old_head_is_a_conflict_that_names_the_head
                a_command_that_was_applied_is_refused_and_leaves_nothing
                an_entry_that_must_be_new_and_one_that_must_exist_are_held_to_it
                one_refused_entry_takes_all_of_its_write_with_it
                forty_entries_fit_in_one_write
                as_many_entries_as_an_import_writes_at_once_may_change_their_starts
                a_record_outside_the_scope_or_with_anothers_entry_is_a_defect_and_leaves_nothing
                commit_numbers_have_no_gaps_and_refused_writes_take_none
                the_record_carries_what_was_done
            ]
            one_open_entry: [
                a_second_open_entry_is_a_conflict_and_leaves_nothing
                two_open_entries_in_one_write_are_a_conflict_and_leave_nothing
                restoring_an_open_entry_beside_another_is_a_conflict
                a_switch_closes_one_entry_and_opens_the_next
                two_members_may_be_clocked_in_at_once
            ]
            entry_lists: [
                pages_join_to_the_whole_list_by_start_and_id_without_the_deleted
                a_page_that_begins_after_the_last_entry_is_empty
                a_list_of_one_member_holds_only_theirs
                a_list_holds_the_work_dates_asked_for
                a_list_of_projects_holds_only_entries_on_them
                all_of_a_members_entries_are_listed_by_start_and_id_even_the_deleted
                an_imports_entries_are_listed_until_they_are_deleted
            ]
            entry_totals: [
                totals_by_any_keys_equal_the_sums_of_the_entries
                totals_are_ordered_by_their_keys_and_no_project_comes_first
                open_and_deleted_entries_count_nothing_and_one_of_no_length_counts_zero
            ]
            entry_streams: [
                a_stream_gives_what_the_pages_give
                a_long_stream_comes_in_order_and_whole
                a_stream_that_is_dropped_holds_nobody_up
            ]
            directory: [
                an_unknown_organisation_has_no_directory
                every_noun_reads_back_as_it_was_written
                a_directory_is_ordered_by_name
                every_noun_can_change
                a_noun_that_must_be_new_and_one_that_must_exist_are_held_to_it
                a_directory_write_on_an_old_head_is_a_conflict
                a_directory_command_that_was_applied_is_refused
                the_open_invitation_is_the_one_that_has_not_ended
                imports_are_listed_the_newest_first
            ]
            accounts: [
                a_store_is_empty_until_somebody_signs_up
                a_sign_up_makes_account_organisation_and_owner_together
                a_sign_up_with_a_taken_address_is_refused_and_leaves_nothing
                a_first_set_up_of_a_store_that_is_not_empty_is_refused_and_leaves_nothing
                a_sign_up_on_an_old_head_of_the_organisation_is_a_conflict_and_leaves_nothing
                an_account_may_be_a_member_of_several_organisations_the_oldest_first
                an_accounts_password_and_address_change_on_its_head
                an_account_cannot_take_anothers_address
            ]
            sessions: [
                a_session_is_found_until_it_is_ended_even_past_its_time
                only_the_accounts_own_sessions_are_found_listed_and_ended
                sessions_that_end_after_now_are_listed_the_newest_first
                all_of_an_accounts_sessions_end_at_once_but_the_one_that_is_kept
            ]
            sign_in_attempts: [
                attempts_are_counted_until_there_are_too_many_in_the_window_that_slides
                an_attempt_that_is_given_back_was_never_made
                attempts_of_a_later_time_count_too
            ]
            commands: [
                an_answer_is_kept_byte_for_byte
                a_command_id_belongs_to_its_actor
            ]
            journal: [
                a_stream_without_records_has_the_empty_head
                a_stream_reads_in_pages_and_its_chain_verifies
                every_stream_is_listed_once_over_pages
                an_audit_of_what_was_written_finds_nothing_wrong
            ]
            erasure: [
                an_erased_member_is_gone_and_the_store_is_proven
                an_erasure_that_was_interrupted_is_found_and_finished
                what_is_missing_of_somebody_who_was_not_erased_is_found
                an_account_that_is_a_member_elsewhere_stays
                a_sign_in_goes_with_the_last_member_that_it_was
                an_erasure_that_is_none_and_one_that_is_taken_back_are_found
                an_answer_that_names_an_erased_member_goes_with_them
                a_stream_has_ended_with_its_members_erasure
                records_without_payloads_can_be_written_again
            ]
            heads: [
                an_organisation_commits_to_the_heads_that_moved_and_to_no_others
                what_was_committed_to_is_known_again_by_whoever_reads_the_stream
                of_two_who_commit_at_once_neither_says_what_the_other_said
                an_audit_finds_what_a_checkpoint_saw_and_the_store_does_not_hold
            ]
            isolation: [
                another_organisations_timesheet_is_empty
                another_organisations_lists_totals_and_streams_hold_nothing
                another_organisations_nouns_are_not_found
                another_organisations_things_cannot_be_written
                two_organisations_may_use_the_same_ids
                commands_of_the_program_itself_belong_to_their_organisation
            ]
        }
        $crate::contract_tests! { @on_a_shared_store $make_store;
            races: [
                of_64_clock_ins_one_succeeds_and_63_are_told_so
                of_writes_on_one_head_one_succeeds_and_the_rest_conflict
                of_directory_writes_on_one_head_one_succeeds_and_the_rest_conflict
                copies_of_one_command_have_one_effect_and_one_answer
                different_members_never_conflict
                a_timesheet_read_during_writes_fits_its_head
                an_entry_that_moved_before_it_is_restored_overlaps_nothing
            ]
            erasure_races: [
                members_who_are_erased_at_once_leave_nothing_of_each_other
                an_erasure_that_breaks_off_at_any_call_leaves_beginnings_and_is_finished
                what_is_typed_while_a_member_is_erased_is_erased_or_refused
            ]
            sign_in_attempt_races: [
                of_50_attempts_at_once_exactly_5_are_counted
            ]
            sign_up_races: [
                of_first_set_ups_at_once_one_wins
                of_sign_ups_with_one_address_at_once_one_wins
            ]
            faults: [
                whatever_call_fails_a_retried_command_has_one_effect_and_one_answer
            ]
        }
        mod random_actions {
            #[test]
            fn random_actions_agree_with_a_model_of_spans() {
                $crate::suite::random_actions::random_actions_agree_with_a_model_of_spans(super::$make_store);
            }
        }
    };
    (@on_a_store $make_store:ident; $($module:ident: [$($test:ident)+])+) => {$(
        mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let store = super::$make_store().await;
                $crate::suite::$module::$test(&*store).await;
            }
        )+}
    )+};
    (@on_a_shared_store $make_store:ident; $($module:ident: [$($test:ident)+])+) => {$(
        mod $module {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                $crate::suite::$module::$test(super::$make_store().await).await;
            }
        )+}
    )+};
}
