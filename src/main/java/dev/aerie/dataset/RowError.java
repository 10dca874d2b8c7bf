package dev.aerie.dataset;

import java.util.Optional;

/// A row that was left out.
///
/// @param row its number in the file, from 1
/// @param column where it failed; empty where the whole row could not be understood
/// @param reason what is wrong, with the value, and what would be right
/// @param text the row as it stands in the file
public record RowError(long row, Optional<String> column, String reason, String text) {}
