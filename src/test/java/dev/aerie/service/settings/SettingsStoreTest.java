package dev.aerie.service.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.Place;
import dev.aerie.engine.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsStoreTest {
  @TempDir Path folder;

  @Test
  void beginsWithTheDefaults() {
    var store = new SettingsStore(folder.resolve("settings.json"));

    assertEquals(Settings.DEFAULT, store.get());
    assertEquals(Optional.empty(), store.trouble());
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    var file = folder.resolve("settings.json");
    var wanted =
        new Settings(
            Settings.Theme.DARK,
            150,
            new Settings.Window(10, 20, 1200, 800, true, 300, 280),
            List.of(
                new Profile(
                    "p1",
                    "staging",
                    Environment.STAGING,
                    Place.Server.of("db.example:19530"),
                    true,
                    Optional.of(Instant.parse("2026-11-01T10:00:00Z")))),
            List.of(new Settings.Tab("search", "local", "default", "films")),
            List.of(
                new Settings.PastSearch(
                    "local", "default", "films", "v", "text", "cats", "", 10, Map.of("ef", "64"))),
            Map.of("data/films", "id,title"));

    new SettingsStore(file).update(_ -> wanted);

    assertEquals(wanted, new SettingsStore(file).get());
  }

  @Test
  void writesNoSecret() throws IOException {
    var file = folder.resolve("settings.json");
    var server =
        new Place.Server(
            List.of("db.example:19530"),
            "default",
            new Place.Credentials.Password("reader", new Secret("hunter2")),
            new Place.Encryption.Off(),
            Optional.empty(),
            Optional.empty(),
            Place.Timeouts.DEFAULT);
    var profile = new Profile("p", "db", Environment.DEVELOPMENT, server, false, Optional.empty());

    new SettingsStore(file).update(settings -> settings.withProfiles(List.of(profile)));

    assertFalse(Files.readString(file).contains("hunter2"));
  }

  @Test
  void keepsAFileItCannotReadAndUsesTheDefaults() throws IOException {
    var file = folder.resolve("settings.json");
    Files.writeString(file, "{\"version\": 99}");

    var store = new SettingsStore(file);

    assertEquals(Settings.DEFAULT, store.get());
    assertTrue(store.trouble().orElse("").contains("version 99"));
    assertTrue(Files.exists(folder.resolve("settings.json.unreadable")));
  }
}
