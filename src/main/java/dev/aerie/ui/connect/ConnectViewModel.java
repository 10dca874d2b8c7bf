package dev.aerie.ui.connect;

import dev.aerie.engine.Connector;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Place;
import dev.aerie.engine.Secret;
import dev.aerie.service.settings.Environment;
import dev.aerie.service.settings.Profile;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A connection to a server as it is being edited. Belongs to the FX thread.
public final class ConnectViewModel {
  private final Desk desk;
  private final List<Connector> connectors;
  private final Messages messages = Messages.of("connect");
  private final StringProperty name = new SimpleStringProperty("");
  private final ObjectProperty<Environment> environment =
      new SimpleObjectProperty<>(Environment.DEVELOPMENT);
  private final StringProperty host = new SimpleStringProperty("");
  private final StringProperty port = new SimpleStringProperty("19530");
  private final StringProperty database = new SimpleStringProperty(DatabaseRequest.DEFAULT);
  private final ObjectProperty<SignIn> signIn = new SimpleObjectProperty<>(SignIn.NONE);
  private final StringProperty user = new SimpleStringProperty("");
  private final StringProperty secret = new SimpleStringProperty("");
  private final ObjectProperty<Tls> tls = new SimpleObjectProperty<>(Tls.OFF);
  private final StringProperty authority = new SimpleStringProperty("");
  private final StringProperty serverName = new SimpleStringProperty("");
  private final StringProperty certificate = new SimpleStringProperty("");
  private final StringProperty key = new SimpleStringProperty("");
  private final StringProperty managementUrl = new SimpleStringProperty("");
  private final StringProperty prometheusUrl = new SimpleStringProperty("");
  private final StringProperty seconds = new SimpleStringProperty("30");
  private final ObservableList<TestStep> steps = FXCollections.observableArrayList();
  private final ReadOnlyBooleanWrapper testing = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Optional<Failure>> failure =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<String> fingerprint = Optional.empty();
  private Optional<Connection> edited;
  private @Nullable Job<?> test;

  /// Edits the selected server connection, or a new one.
  public ConnectViewModel(Desk desk, List<Connector> connectors, Selection at, Intent intent) {
    this.desk = desk;
    this.connectors = List.copyOf(connectors);
    this.edited =
        intent instanceof Intent.CreateNew
            ? Optional.empty()
            : at.connection().filter(known -> known.profile().place() instanceof Place.Server);
    edited.ifPresent(known -> fill(known.profile()));
  }

  public Messages messages() {
    return messages;
  }

  /// Whether a connection that was saved is edited.
  public boolean isSaved() {
    return edited.isPresent();
  }

  public StringProperty nameProperty() {
    return name;
  }

  public ObjectProperty<Environment> environmentProperty() {
    return environment;
  }

  public StringProperty hostProperty() {
    return host;
  }

  public StringProperty portProperty() {
    return port;
  }

  public StringProperty databaseProperty() {
    return database;
  }

  public ObjectProperty<SignIn> signInProperty() {
    return signIn;
  }

  public StringProperty userProperty() {
    return user;
  }

  /// Password or token, as the way of signing in has it.
  public StringProperty secretProperty() {
    return secret;
  }

  public ObjectProperty<Tls> tlsProperty() {
    return tls;
  }

  public StringProperty authorityProperty() {
    return authority;
  }

  public StringProperty serverNameProperty() {
    return serverName;
  }

  public StringProperty certificateProperty() {
    return certificate;
  }

  public StringProperty keyProperty() {
    return key;
  }

  public StringProperty managementUrlProperty() {
    return managementUrl;
  }

  public StringProperty prometheusUrlProperty() {
    return prometheusUrl;
  }

  /// Seconds a request may take.
  public StringProperty secondsProperty() {
    return seconds;
  }

  /// The steps of the last test, as far as it is.
  public ObservableList<TestStep> steps() {
    return steps;
  }

  public ReadOnlyBooleanProperty testingProperty() {
    return testing.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  public void choose(StringProperty file) {
    desk.dialogs()
        .openFile(
            messages.get("choose"),
            List.of(new Dialogs.FileKind(messages.get("pem"), List.of("*.pem", "*.crt", "*.key"))),
            chosen -> file.set(chosen.toString()));
  }

  public void copy(String text) {
    desk.dialogs().copy(text);
  }

  /// Tries the draft step by step; only reads.
  public void test() {
    draft().ifPresent(profile -> test(profile.place()));
  }

  public void cancelTest() {
    if (test != null) {
      test.cancel();
    }
  }

  /// Keeps the draft and opens it.
  public void saveAndConnect() {
    save(
        connection -> {
          desk.workspace().select(Selection.of(connection));
          desk.workspace()
              .open(connection)
              .whenDone(
                  engine -> {
                    desk.navigator().toast(messages.get("connected", connection.name()));
                    desk.navigator().open(ScreenKind.HOME, Selection.of(connection), Intent.LOOK);
                  })
              .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
        });
  }

  /// Keeps the draft.
  public void save() {
    save(connection -> desk.navigator().toast(messages.get("saved", connection.name())));
  }

  /// Asks, and forgets the connection.
  public void delete() {
    edited.ifPresent(
        connection ->
            desk.dialogs()
                .confirm(
                    new Dialogs.Question(
                        messages.get("delete.title", connection.name()),
                        messages.get("delete.text", connection.profile().address()),
                        messages.get("delete.verb"),
                        Optional.empty(),
                        true),
                    () -> {
                      desk.workspace().remove(connection);
                      edited = Optional.empty();
                      keepProfiles(
                          () -> desk.navigator().toast(messages.get("deleted", connection.name())));
                    }));
  }

  public void close() {
    cancelTest();
  }

  /// The draft as it would be saved.
  ///
  /// @throws IllegalArgumentException with the first mistake, for a person
  Profile profile() {
    var hostName = host.get().strip();
    if (hostName.isEmpty()) {
      throw new IllegalArgumentException(messages.get("mistake.host"));
    }
    var place =
        new Place.Server(
            List.of(hostName + ":" + port.get().strip()),
            database.get().isBlank() ? DatabaseRequest.DEFAULT : database.get().strip(),
            credentials(),
            encryption(),
            text(managementUrl),
            text(prometheusUrl),
            new Place.Timeouts(
                Place.Timeouts.DEFAULT.connect(),
                Duration.ofSeconds(requestSeconds()),
                Place.Timeouts.DEFAULT.retries()));
    return new Profile(
        edited.map(known -> known.profile().id()).orElseGet(() -> UUID.randomUUID().toString()),
        name.get().isBlank() ? hostName : name.get().strip(),
        environment.get(),
        place,
        environment.get() == Environment.PRODUCTION,
        edited.flatMap(known -> known.profile().lastUsed()));
  }

  private long requestSeconds() {
    try {
      long value = Long.parseLong(seconds.get().strip());
      if (value >= 1 && value <= 3_600) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with the text.
    }
    throw new IllegalArgumentException(messages.get("mistake.seconds", seconds.get()));
  }

  private Place.Credentials credentials() {
    return switch (signIn.get()) {
      case NONE -> new Place.Credentials.None();
      case PASSWORD -> {
        if (user.get().isBlank()) {
          throw new IllegalArgumentException(messages.get("mistake.user"));
        }
        yield new Place.Credentials.Password(user.get().strip(), new Secret(secret.get()));
      }
      case TOKEN -> new Place.Credentials.Token(new Secret(secret.get()));
    };
  }

  private Place.Encryption encryption() {
    return switch (tls.get()) {
      case OFF -> new Place.Encryption.Off();
      case SERVER ->
          new Place.Encryption.Server(text(authority).map(Path::of), text(serverName), fingerprint);
      case MUTUAL ->
          new Place.Encryption.Mutual(
              text(authority).map(Path::of),
              text(serverName),
              text(certificate)
                  .map(Path::of)
                  .orElseThrow(
                      () -> new IllegalArgumentException(messages.get("mistake.certificate"))),
              text(key)
                  .map(Path::of)
                  .orElseThrow(() -> new IllegalArgumentException(messages.get("mistake.key"))));
    };
  }

  private void fill(Profile profile) {
    name.set(profile.name());
    environment.set(profile.environment());
    if (!(profile.place() instanceof Place.Server server)) {
      return;
    }
    var address = server.addresses().getFirst();
    int colon = address.lastIndexOf(':');
    host.set(address.substring(0, colon));
    port.set(address.substring(colon + 1));
    database.set(server.database());
    switch (server.credentials()) {
      case Place.Credentials.None() -> signIn.set(SignIn.NONE);
      case Place.Credentials.Password(var who, var password) -> {
        signIn.set(SignIn.PASSWORD);
        user.set(who);
        secret.set(password.reveal());
      }
      case Place.Credentials.Token(var token) -> {
        signIn.set(SignIn.TOKEN);
        secret.set(token.reveal());
      }
    }
    switch (server.encryption()) {
      case Place.Encryption.Off() -> tls.set(Tls.OFF);
      case Place.Encryption.Server(var trusted, var expected, var print) -> {
        tls.set(Tls.SERVER);
        trusted.ifPresent(file -> authority.set(file.toString()));
        expected.ifPresent(serverName::set);
        fingerprint = print;
      }
      case Place.Encryption.Mutual(var trusted, var expected, var own, var ownKey) -> {
        tls.set(Tls.MUTUAL);
        trusted.ifPresent(file -> authority.set(file.toString()));
        expected.ifPresent(serverName::set);
        certificate.set(own.toString());
        key.set(ownKey.toString());
      }
    }
    server.managementUrl().ifPresent(managementUrl::set);
    server.prometheusUrl().ifPresent(prometheusUrl::set);
    seconds.set(Long.toString(server.timeouts().call().toSeconds()));
  }

  private Optional<Profile> draft() {
    try {
      var profile = profile();
      failure.set(Optional.empty());
      return Optional.of(profile);
    } catch (IllegalArgumentException e) {
      failure.set(Optional.of(Failure.of(e)));
      return Optional.empty();
    }
  }

  private void test(Place place) {
    cancelTest();
    steps.clear();
    var connector = connectors.stream().filter(known -> known.opens(place)).findFirst();
    if (connector.isEmpty()) {
      failure.set(
          Optional.of(
              Failure.of(new IllegalArgumentException(messages.get("mistake.noConnector")))));
      return;
    }
    testing.set(true);
    var heard = new CopyOnWriteArrayList<TestStep>();
    var job =
        desk.jobs()
            .start(
                progress ->
                    connector
                        .get()
                        .diagnose(
                            place,
                            step -> {
                              heard.add(TestStep.of(step));
                              progress.update(heard.size(), -1);
                            },
                            progress)
                        .stream()
                        .map(TestStep::of)
                        .toList());
    test = job;
    job.doneProperty().subscribe(() -> steps.setAll(heard));
    job.whenDone(
            all -> {
              steps.setAll(all);
              testing.set(false);
            })
        .whenCancelled(() -> testing.set(false))
        .whenFailed(
            cause -> {
              testing.set(false);
              failure.set(Optional.of(Failure.of(cause)));
            });
  }

  private void save(Consumer<Connection> then) {
    draft()
        .ifPresent(
            profile -> {
              var connection = edited.orElseGet(() -> desk.workspace().add(profile));
              if (edited.isPresent()) {
                desk.workspace().change(connection, profile);
              }
              edited = Optional.of(connection);
              keepProfiles(() -> then.accept(connection));
            });
  }

  private void keepProfiles(Runnable then) {
    var profiles = new ArrayList<Profile>();
    for (var connection : desk.workspace().connections()) {
      if (connection.profile().place() instanceof Place.Server) {
        profiles.add(connection.profile());
      }
    }
    desk.jobs()
        .start(
            progress -> {
              desk.settings().update(known -> known.withProfiles(profiles));
              return true;
            })
        .whenDone(written -> then.run())
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  private static Optional<String> text(StringProperty property) {
    return property.get().isBlank() ? Optional.empty() : Optional.of(property.get().strip());
  }
}
