package benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Lucene as a peer of the benchmarks: builds an index from lines on standard input, or answers requests there.
 *
 * <p>A line has fields separated by tabs; a backslash stands before n, r, t and itself for line ends, a tab and a
 * backslash. Times are taken here, so that the pipe costs Lucene nothing.
 */
public final class LucenePeer {
  private static final String[] FIELDS = {"headline", "body"};
  private static final double BUFFER_MEGABYTES = 256;
  private static final int HITS = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final FrenchAnalyzer analyzer = new FrenchAnalyzer();
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private IndexSearcher searcher;
  private UnifiedHighlighter highlighter;

  public static void main(String[] arguments) throws IOException, ParseException {
    LucenePeer peer = new LucenePeer();
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "build" -> peer.build(folder);
      case "serve" -> peer.serve(folder);
      case "once" -> {
        peer.open(folder);
        peer.out.println(peer.ask("end to end", arguments[2]));
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Indexes each line: id, headline, body, minute of publication, source. Prints the seconds of it. */
  private void build(Path folder) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setRAMBufferSizeMB(BUFFER_MEGABYTES);
    config.setMergeScheduler(new SerialMergeScheduler());
    long nanoseconds = 0;
    IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      for (int i = 0; i < fields.length; i++) {
        fields[i] = unescape(fields[i]);
      }
      long started = System.nanoTime();
      Document document = new Document();
      document.add(new StringField("id", fields[0], Field.Store.YES));
      document.add(new TextField("headline", fields[1], Field.Store.YES));
      document.add(new TextField("body", fields[2], Field.Store.YES));
      document.add(new LongField("published", Long.parseLong(fields[3]), Field.Store.YES));
      document.add(new StringField("source", fields[4], Field.Store.YES));
      document.add(new SortedDocValuesField("source_value", new BytesRef(fields[4])));
      writer.addDocument(document);
      nanoseconds += System.nanoTime() - started;
    }
    long started = System.nanoTime();
    writer.commit();
    writer.close();
    nanoseconds += System.nanoTime() - started;
    out.println(nanoseconds / 1e9);
  }

  private void open(Path folder) throws IOException {
    searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
    searcher.setQueryCache(null);
    highlighter = UnifiedHighlighter.builder(searcher, analyzer).build();
  }

  /** Answers each line: "ask", "time" or "ranked", a kind of query or a number of hits, and the words. */
  private void serve(Path folder) throws IOException, ParseException {
    open(folder);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      switch (fields[0]) {
        case "ask" -> out.println(ask(fields[1], unescape(fields[2])));
        case "time" -> out.println(time(fields[1], fields));
        case "ranked" -> out.println(ranked(Integer.parseInt(fields[1]), unescape(fields[2])));
        default -> throw new IllegalArgumentException(fields[0]);
      }
    }
  }

  /** Asks all queries for some seconds, and then once more: wall and processor nanoseconds of each, in pairs. */
  private String time(String kind, String[] fields) throws IOException, ParseException {
    double seconds = Double.parseDouble(fields[2]);
    List<String> queries = new ArrayList<>();
    for (int i = 3; i < fields.length; i++) {
      queries.add(unescape(fields[i]));
    }
    long begun = System.nanoTime();
    do {
      for (String query : queries) {
        ask(kind, query);
      }
    } while (System.nanoTime() - begun < seconds * 1e9);
    StringBuilder taken = new StringBuilder();
    for (String query : queries) {
      long started = System.nanoTime();
      long processor = THREADS.getCurrentThreadCpuTime();
      ask(kind, query);
      processor = THREADS.getCurrentThreadCpuTime() - processor;
      taken.append(System.nanoTime() - started).append('\t').append(processor).append('\t');
    }
    return taken.toString().strip();
  }

  /** Asks one query; returns the number of hits on the page. */
  private int ask(String kind, String words) throws IOException, ParseException {
    boolean exact = kind.endsWith(" + total");
    Query query = parse(exact ? kind.substring(0, kind.length() - " + total".length()) : kind, words);
    TopDocs page = search(query, HITS, exact);
    if (!kind.equals("end to end") || page.scoreDocs.length == 0) {
      return page.scoreDocs.length;
    }
    String[] headlines = highlighter.highlightFields(FIELDS, query, page).get("headline");
    return headlines.length;
  }

  private TopDocs search(Query query, int hits, boolean exact) throws IOException {
    int threshold = exact ? Integer.MAX_VALUE : 1;
    return searcher.search(query, new TopScoreDocCollectorManager(hits, threshold));
  }

  private Query parse(String kind, String words) throws ParseException {
    MultiFieldQueryParser parser = new MultiFieldQueryParser(FIELDS, analyzer);
    if (kind.equals("all")) {
      parser.setDefaultOperator(QueryParser.Operator.AND);
    }
    return parser.parse(kind.equals("phrase") ? '"' + words + '"' : words);
  }

  private String ranked(int hits, String words) throws IOException, ParseException {
    StringBuilder ids = new StringBuilder();
    if (!words.isBlank()) {
      for (ScoreDoc hit : search(parse("any", words), hits, false).scoreDocs) {
        ids.append(searcher.storedFields().document(hit.doc).get("id")).append('\t');
      }
    }
    return ids.toString().strip();
  }

  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char sign = field.charAt(i);
      if (sign == '\\') {
        sign = field.charAt(++i);
        sign = sign == 'n' ? '\n' : sign == 'r' ? '\r' : sign == 't' ? '\t' : sign;
      }
      text.append(sign);
    }
    return text.toString();
  }
}
