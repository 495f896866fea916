import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * Runs one OpenSearch node: {@code EngineNode NAME=VALUE…}, where the pairs are settings of the node, and
 * {@code plugin} the class of a plugin.
 *
 * <p>The node runs until its standard input ends, which happens when the program that started it ends.
 */
public class EngineNode extends Node {
    private static final List<String> MODULES = List.of(
            "org.opensearch.transport.Netty4",
            "org.opensearch.analysis.common.CommonAnalysis",
            "org.opensearch.percolator.Percolator",
            "org.opensearch.index.reindex.Reindex",
            "org.opensearch.painless.Painless",
            "org.opensearch.index.mapper.MapperExtras");

    @SuppressWarnings({"rawtypes", "unchecked"}) // 2.x takes the classes of modules, 3.x their descriptions
    private EngineNode(Environment environment, String plugin) {
        super(environment, (Collection) modules(plugin), true);
    }

    private static List<Object> modules(String plugin) {
        List<Object> modules = new ArrayList<>();
        for (String name : MODULES) {
            modules.add(module(name + (Version.CURRENT.major < 3 ? "Plugin" : "ModulePlugin")));
        }
        if (plugin != null) {
            modules.add(module(plugin));
        }
        return modules;
    }

    private static Object module(String name) {
        try {
            Class<?> module = Class.forName(name);
            return Version.CURRENT.major < 3 ? module : description(name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static PluginInfo description(String module) {
        return new PluginInfo(module, "module", "1", Version.CURRENT, "17", module, null, List.of(), false);
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder builder = Settings.builder();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            builder.put(pair[0], pair[1]);
        }
        String plugin = builder.remove("plugin");
        Settings settings = builder.build();
        Path configuration = Path.of(settings.get("path.home"), "config");
        EngineNode node = new EngineNode(InternalSettingsPreparer.prepareEnvironment(
                settings, Map.of(), configuration, () -> settings.get("node.name")), plugin);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        Thread watch = new Thread(EngineNode::endWithInput);
        watch.setDaemon(true);
        watch.start();
        node.start();
        watch.join();
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (Exception error) {
            error.printStackTrace();
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is read but the end.
            }
        } catch (IOException error) {
            error.printStackTrace();
        }
        Thread halt = new Thread(EngineNode::halt);
        halt.setDaemon(true);
        halt.start();
        System.exit(0);
    }

    /** Ends the process in any case: closing a node that is still starting may not come to an end. */
    private static void halt() {
        try {
            Thread.sleep(10_000);
        } catch (InterruptedException ignored) {
            // There is nobody to interrupt it.
        }
        Runtime.getRuntime().halt(1);
    }
}
