package org.concurrentharness.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chromium or Chrome without a window, driven by the DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<String, Tab> tabs = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();

    private Browser(Process process, Path profile, URI address) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
    }

    /** Returns the browser of this machine: the one that {@code CHROME_BIN} names, or one on the path, or where it is installed. */
    static Optional<Path> find() {
        Stream<String> named = Stream.of(System.getProperty("browser.path"), System.getenv("CHROME_BIN"))
                .filter(path -> path != null && !path.isBlank());
        List<String> names = List.of(
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
                "chrome.exe",
                "chrome",
                "microsoft-edge",
                "msedge.exe");
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        Stream<String> onPath =
                names.stream().flatMap(name -> folders.stream().map(folder -> folder + File.separator + name));
        Stream<String> usual = Stream.of(
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
                "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
                "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe");
        return Stream.of(named, onPath, usual)
                .flatMap(each -> each)
                .filter(path -> new File(path).isFile())
                .map(Path::of)
                .findFirst();
    }

    static Browser start(Path program) throws IOException {
        Path profile = Files.createTempDirectory("browser");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--disable-gpu",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--force-device-scale-factor=1"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--no-sandbox"); // Chromium has no sandbox for root, and refuses to run without being told so
        }
        command.add("about:blank");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Browser(process, profile, address(process));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static URI address(Process process) throws IOException {
        BufferedReader errors = process.errorReader();
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread drain = new Thread(() -> errors.lines().forEach(ignored -> {}), "browser's errors");
                drain.setDaemon(true);
                drain.start();
                return URI.create(line.substring(LISTENING.length()).strip());
            }
            said.append(line).append('\n');
        }
        throw new IOException("the browser does not start:\n" + said);
    }

    /** Opens a file in a tab of that size, in light or dark colours, and waits until it is loaded and drawn. */
    Tab open(Path file, int width, int height, boolean dark) {
        String target = send(null, "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        String session = send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        Tab tab = new Tab(session, target);
        tabs.put(session, tab);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tab.send(domain + ".enable", Map.of());
        }
        tab.size(width, height);
        tab.send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        tab.send("Page.navigate", Map.of("url", file.toUri().toString()));
        get(tab.loaded);
        tab.drawn();
        return tab;
    }

    void closeTabs() {
        List.copyOf(tabs.values()).forEach(Tab::close);
    }

    private JsonNode send(@Nullable String session, String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
        message.set("params", MAPPER.valueToTree(parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        get(socket.sendText(message.toString(), true));
        JsonNode got = get(answer);
        if (got.has("error")) {
            throw new IllegalStateException(method + ": " + got.get("error"));
        }
        return got.get("result");
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        try (Stream<Path> files = Files.walk(profile)) {
            // what cannot be deleted yet is left to whoever cleans temporary files
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                try {
                    received(MAPPER.readTree(whole));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            answers.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }

    private void received(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.get("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
        } else if (message.has("sessionId")) {
            Tab tab = tabs.get(message.get("sessionId").asText());
            if (tab != null) {
                tab.event(message.get("method").asText(), message.get("params"));
            }
        }
    }

    /** A tab, and what went on in it. */
    final class Tab {
        /** What the console showed, exceptions and refusals of the content security policy included. */
        final List<String> console = new CopyOnWriteArrayList<>();

        /** What was asked of the network or the disk, the page itself included. */
        final List<String> requests = new CopyOnWriteArrayList<>();

        private final CompletableFuture<@Nullable Void> loaded = new CompletableFuture<>();
        private final String session;
        private final String target;

        private Tab(String session, String target) {
            this.session = session;
            this.target = target;
        }

        void close() {
            tabs.remove(session);
            Browser.this.send(null, "Target.closeTarget", Map.of("targetId", target));
        }

        private void event(String method, JsonNode parameters) {
            switch (method) {
                case "Page.loadEventFired" -> loaded.complete(null);
                case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
                    console.add(parameters.toString());
                case "Network.requestWillBeSent" ->
                    requests.add(parameters.at("/request/url").asText());
                default -> {}
            }
        }

        private JsonNode send(String method, Map<String, ?> parameters) {
            return Browser.this.send(session, method, parameters);
        }

        void size(int width, int height) {
            send(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        }

        /** Waits until everything that was asked for is on the screen. */
        void drawn() {
            evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        }

        /** Returns the value of an expression; waits for a promise. */
        JsonNode evaluate(String expression) {
            JsonNode result = send(
                    "Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
            if (result.has("exceptionDetails")) {
                throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
            }
            return result.at("/result/value");
        }

        String text(String expression) {
            return evaluate(expression).asText();
        }

        /** Presses a key, named as in {@code KeyboardEvent.key}. */
        void press(String key) {
            Map<String, Integer> codes = Map.of(
                    "Tab",
                    9,
                    "Enter",
                    13,
                    "End",
                    35,
                    "Home",
                    36,
                    "ArrowLeft",
                    37,
                    "ArrowUp",
                    38,
                    "ArrowRight",
                    39,
                    "ArrowDown",
                    40);
            for (String type : List.of("keyDown", "keyUp")) {
                send(
                        "Input.dispatchKeyEvent",
                        Map.of(
                                "type",
                                type,
                                "key",
                                key,
                                "code",
                                key,
                                "windowsVirtualKeyCode",
                                codes.get(key),
                                "text",
                                key.equals("Enter") && type.equals("keyDown") ? "\r" : ""));
            }
            drawn();
        }

        void screenshot(Path file) throws IOException {
            String png = send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                    .get("data")
                    .asText();
            Files.write(file, Base64.getDecoder().decode(png));
        }
    }
}
