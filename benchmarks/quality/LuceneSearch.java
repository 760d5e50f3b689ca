import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Lucene's ArabicAnalyzer and BM25 over a file of «id, tab, text»; prints the ids found for each line read. */
public class LuceneSearch {
    public static void main(String[] args) throws IOException {
        int top = Integer.parseInt(args[1]);
        var analyzer = new ArabicAnalyzer();
        var similarity = new BM25Similarity(1.2f, 0.75f);
        var directory = new ByteBuffersDirectory();
        var config = new IndexWriterConfig(analyzer).setSimilarity(similarity);
        try (var writer = new IndexWriter(directory, config);
                var articles = Files.newBufferedReader(Path.of(args[0]), StandardCharsets.UTF_8)) {
            for (String line; (line = articles.readLine()) != null; ) {
                int tab = line.indexOf('\t');
                var document = new Document();
                document.add(new StringField("id", line.substring(0, tab), Field.Store.YES));
                document.add(new TextField("text", line.substring(tab + 1), Field.Store.NO));
                writer.addDocument(document);
            }
        }
        var searcher = new IndexSearcher(DirectoryReader.open(directory));
        searcher.setSimilarity(similarity);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line; (line = in.readLine()) != null; ) {
            var anyWord = new BooleanQuery.Builder();
            for (String term : terms(analyzer, line)) {
                anyWord.add(new TermQuery(new Term("text", term)), BooleanClause.Occur.SHOULD);
            }
            var ids = new StringJoiner(" ");
            for (ScoreDoc hit : searcher.search(anyWord.build(), top).scoreDocs) {
                ids.add(searcher.storedFields().document(hit.doc).get("id"));
            }
            out.println(ids);
        }
        out.flush();
    }

    private static Set<String> terms(ArabicAnalyzer analyzer, String text) throws IOException {
        var terms = new LinkedHashSet<String>();
        try (TokenStream stream = analyzer.tokenStream("text", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) terms.add(term.toString());
            stream.end();
        }
        return terms;
    }
}
