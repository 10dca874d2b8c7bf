package dev.aerie.service.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.engine.Place;
import dev.aerie.engine.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The settings file. Safe for use by several threads of one process; the last writer of two
/// processes wins.
///
/// Version 1 is a JSON object: `version`, `theme`, `fontPercent`, `window {x, y, width, height,
/// maximised, treeWidth, inspectorWidth}`, `profiles [{id, name, environment, readOnly, lastUsed,
/// folder | server {…}}]`, `tabs [{view, connection, database, collection}]`, `searches […]`,
/// `columns {…}`. Unknown keys are ignored, missing ones have their default.
public final class SettingsStore {
  private static final int VERSION = 1;

  private final Path file;
  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private Settings current;
  private final Optional<String> trouble;

  /// Reads the file, or begins with the defaults where there is none.
  public SettingsStore(Path file) {
    this.file = file;
    Settings read = Settings.DEFAULT;
    Optional<String> wrong = Optional.empty();
    try {
      read = read(json.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      // The first start.
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      wrong =
          Optional.of(
              "The settings in \"%s\" cannot be read (%s). Aerie uses the defaults and keeps the file as \"%s\"."
                  .formatted(file, e.getMessage(), setAside()));
    }
    this.current = read;
    this.trouble = wrong;
  }

  /// What was wrong with the file, where something was.
  public Optional<String> trouble() {
    return trouble;
  }

  public synchronized Settings get() {
    return current;
  }

  /// Changes the settings and writes them.
  ///
  /// @throws IOException if they cannot be written; they are changed for this run all the same
  public synchronized void update(UnaryOperator<Settings> change) throws IOException {
    var changed = change.apply(current);
    if (changed.equals(current) && Files.exists(file)) {
      return;
    }
    current = changed;
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, json.writeValueAsBytes(toJson(current)));
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path setAside() {
    var aside = file.resolveSibling(file.getFileName() + ".unreadable");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      return aside;
    } catch (IOException e) {
      return file;
    }
  }

  private Settings read(JsonNode root) throws IOException {
    int version = root.path("version").asInt(0);
    if (version != VERSION) {
      throw new IOException(
          "version %d is not known; this Aerie knows version %d".formatted(version, VERSION));
    }
    var profiles = new ArrayList<Profile>();
    for (var node : root.path("profiles")) {
      profiles.add(readProfile(node));
    }
    var tabs = new ArrayList<Settings.Tab>();
    for (var node : root.path("tabs")) {
      tabs.add(json.treeToValue(node, Settings.Tab.class));
    }
    var searches = new ArrayList<Settings.PastSearch>();
    for (var node : root.path("searches")) {
      searches.add(json.treeToValue(node, Settings.PastSearch.class));
    }
    var columns = new LinkedHashMap<String, String>();
    for (var entry : root.path("columns").properties()) {
      columns.put(entry.getKey(), entry.getValue().asText());
    }
    var window = root.path("window");
    var usual = Settings.Window.DEFAULT;
    return new Settings(
        Settings.Theme.valueOf(root.path("theme").asText("SYSTEM")),
        root.path("fontPercent").asInt(100),
        new Settings.Window(
            window.path("x").asDouble(Double.NaN),
            window.path("y").asDouble(Double.NaN),
            window.path("width").asDouble(usual.width()),
            window.path("height").asDouble(usual.height()),
            window.path("maximised").asBoolean(false),
            window.path("treeWidth").asDouble(usual.treeWidth()),
            window.path("inspectorWidth").asDouble(usual.inspectorWidth())),
        profiles,
        tabs,
        searches,
        columns);
  }

  private ObjectNode toJson(Settings settings) {
    var root = json.createObjectNode();
    root.put("version", VERSION);
    root.put("theme", settings.theme().name());
    root.put("fontPercent", settings.fontPercent());
    var window = root.putObject("window");
    if (!Double.isNaN(settings.window().x())) {
      window.put("x", settings.window().x());
      window.put("y", settings.window().y());
    }
    window.put("width", settings.window().width());
    window.put("height", settings.window().height());
    window.put("maximised", settings.window().maximised());
    window.put("treeWidth", settings.window().treeWidth());
    window.put("inspectorWidth", settings.window().inspectorWidth());
    var profiles = root.putArray("profiles");
    settings.profiles().forEach(profile -> writeProfile(profiles.addObject(), profile));
    root.set("tabs", json.valueToTree(settings.tabs()));
    root.set("searches", json.valueToTree(settings.searches()));
    root.set("columns", json.valueToTree(settings.columns()));
    return root;
  }

  private static Profile readProfile(JsonNode node) {
    return new Profile(
        node.path("id").asText(),
        node.path("name").asText(),
        Environment.valueOf(node.path("environment").asText("DEVELOPMENT")),
        node.has("folder")
            ? new Place.Folder(Path.of(node.path("folder").asText()))
            : readServer(node.path("server")),
        node.path("readOnly").asBoolean(false),
        text(node, "lastUsed").map(Instant::parse));
  }

  private static void writeProfile(ObjectNode node, Profile profile) {
    node.put("id", profile.id());
    node.put("name", profile.name());
    node.put("environment", profile.environment().name());
    node.put("readOnly", profile.readOnly());
    profile.lastUsed().ifPresent(moment -> node.put("lastUsed", moment.toString()));
    switch (profile.place()) {
      case Place.Folder(var path) -> node.put("folder", path.toString());
      case Place.Server server -> writeServer(node.putObject("server"), server);
    }
  }

  private static Place.Server readServer(JsonNode node) {
    var addresses = new ArrayList<String>();
    node.path("addresses").forEach(address -> addresses.add(address.asText()));
    var usual = Place.Timeouts.DEFAULT;
    return new Place.Server(
        List.copyOf(addresses),
        node.path("database").asText("default"),
        readCredentials(node),
        readEncryption(node),
        text(node, "managementUrl"),
        text(node, "prometheusUrl"),
        new Place.Timeouts(
            Duration.ofMillis(node.path("connectMillis").asLong(usual.connect().toMillis())),
            Duration.ofMillis(node.path("callMillis").asLong(usual.call().toMillis())),
            node.path("retries").asInt(usual.retries())));
  }

  private static void writeServer(ObjectNode node, Place.Server server) {
    var addresses = node.putArray("addresses");
    server.addresses().forEach(addresses::add);
    node.put("database", server.database());
    switch (server.credentials()) {
      case Place.Credentials.None() -> node.put("signIn", "none");
      case Place.Credentials.Password(var user, var password) ->
          node.put("signIn", "password").put("user", user);
      case Place.Credentials.Token(var token) -> node.put("signIn", "token");
    }
    switch (server.encryption()) {
      case Place.Encryption.Off() -> node.put("tls", "off");
      case Place.Encryption.Server(var authority, var name, var fingerprint) -> {
        node.put("tls", "server");
        putTrust(node, authority, name);
        fingerprint.ifPresent(value -> node.put("fingerprint", value));
      }
      case Place.Encryption.Mutual(var authority, var name, var certificate, var key) -> {
        node.put("tls", "mutual");
        putTrust(node, authority, name);
        node.put("certificate", certificate.toString()).put("key", key.toString());
      }
    }
    server.managementUrl().ifPresent(url -> node.put("managementUrl", url));
    server.prometheusUrl().ifPresent(url -> node.put("prometheusUrl", url));
    node.put("connectMillis", server.timeouts().connect().toMillis());
    node.put("callMillis", server.timeouts().call().toMillis());
    node.put("retries", server.timeouts().retries());
  }

  private static void putTrust(
      ObjectNode node, Optional<Path> authority, Optional<String> serverName) {
    authority.ifPresent(path -> node.put("authority", path.toString()));
    serverName.ifPresent(name -> node.put("serverName", name));
  }

  /// The secret itself is asked for again, or comes from the keychain.
  private static Place.Credentials readCredentials(JsonNode node) {
    return switch (node.path("signIn").asText("none")) {
      case "password" -> new Place.Credentials.Password(node.path("user").asText(), new Secret(""));
      case "token" -> new Place.Credentials.Token(new Secret(""));
      default -> new Place.Credentials.None();
    };
  }

  private static Place.Encryption readEncryption(JsonNode node) {
    return switch (node.path("tls").asText("off")) {
      case "server" ->
          new Place.Encryption.Server(
              text(node, "authority").map(Path::of),
              text(node, "serverName"),
              text(node, "fingerprint"));
      case "mutual" ->
          new Place.Encryption.Mutual(
              text(node, "authority").map(Path::of),
              text(node, "serverName"),
              Path.of(node.path("certificate").asText()),
              Path.of(node.path("key").asText()));
      default -> new Place.Encryption.Off();
    };
  }

  private static Optional<String> text(JsonNode node, String key) {
    return node.has(key) ? Optional.of(node.path(key).asText()) : Optional.empty();
  }
}
