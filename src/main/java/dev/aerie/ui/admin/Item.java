package dev.aerie.ui.admin;

/// One line of a section.
///
/// @param detail what belongs to it: an alias' collection, a user's roles, a role's users
public record Item(String name, String detail) {}
