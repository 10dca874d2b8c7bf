package dev.aerie.ui.fx;

import dev.aerie.service.settings.SettingsStore;

/// What every screen of the window shares.
public record Desk(
    Workspace workspace,
    Jobs jobs,
    Dialogs dialogs,
    Navigator navigator,
    ActivityLog log,
    SettingsStore settings,
    Palette palette) {}
