package dev.errand.bench.soak;

import dev.errand.bench.soak.SoakFaults.Fault;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** The samples of a soak over its time. A grey stripe is a fault, with its first letter at its beginning. */
final class SoakPicture {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 1_000;
    private static final Color STRIPE = new Color(200, 200, 200, 120);
    private static final Color[] COLOURS = {new Color(31, 119, 180), new Color(214, 96, 39)};

    private final List<SoakSample> samples;
    private final List<Fault> faults;
    private final long begun;

    SoakPicture(List<SoakSample> samples, List<Fault> faults, long begun) {
        this.samples = samples;
        this.faults = faults;
        this.begun = begun;
    }

    void write(Path file) throws IOException {
        NumberAxis minutes = new NumberAxis("minutes");
        minutes.setRange(0, samples.get(samples.size() - 1).minutes());
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(minutes);
        all.setGap(14);
        LogarithmicAxis milliseconds = new LogarithmicAxis("due → start, ms");
        milliseconds.setStrictValuesFlag(false);
        XYPlot latency = panel(milliseconds, line("p50", SoakSample::p50), line("p99", SoakSample::p99));
        faults.forEach(fault -> latency.addDomainMarker(letter(fault)));
        all.add(latency, 2);
        all.add(
                panel(
                        new NumberAxis("heap, MB"),
                        line("first node", SoakSample::heapOne),
                        line("second node", SoakSample::heapTwo)),
                1);
        all.add(
                panel(
                        new NumberAxis("connections"),
                        line("open", SoakSample::connections),
                        line("at work", SoakSample::busy)),
                1);
        all.add(
                panel(
                        new NumberAxis("tables, MB"),
                        line("all", SoakSample::tables),
                        line("errand_task", SoakSample::taskTable)),
                1);
        JFreeChart chart = new JFreeChart(null, null, all, false);
        chart.setBackgroundPaint(Color.WHITE);
        SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
        chart.draw(svg, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        Files.writeString(file, svg.getSVGDocument());
    }

    private XYSeries line(String name, ToDoubleFunction<SoakSample> value) {
        XYSeries line = new XYSeries(name);
        samples.forEach(sample -> line.add(sample.minutes(), value.applyAsDouble(sample)));
        return line;
    }

    private XYPlot panel(NumberAxis axis, XYSeries... lines) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        // otherwise each piece of it is an element of its own
        renderer.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < lines.length; i++) {
            data.addSeries(lines[i]);
            renderer.setSeriesPaint(i, COLOURS[i]);
            renderer.setSeriesStroke(i, new BasicStroke(1.2f));
        }
        XYPlot plot = new XYPlot(data, null, axis, renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setDomainGridlinesVisible(false);
        plot.setOutlineVisible(false);
        LegendTitle names = new LegendTitle(plot);
        names.setBackgroundPaint(Color.WHITE);
        plot.addAnnotation(new XYTitleAnnotation(0.005, 0.98, names, RectangleAnchor.TOP_LEFT));
        faults.forEach(fault -> plot.addDomainMarker(stripe(fault), Layer.BACKGROUND));
        return plot;
    }

    private IntervalMarker stripe(Fault fault) {
        return new IntervalMarker(minutes(fault.begin()), minutes(fault.end()), STRIPE);
    }

    private ValueMarker letter(Fault fault) {
        ValueMarker letter = new ValueMarker(minutes(fault.begin()), Color.GRAY, new BasicStroke(0.5f));
        letter.setLabel(fault.kind().letter());
        letter.setLabelBackgroundColor(Color.WHITE);
        letter.setLabelAnchor(RectangleAnchor.BOTTOM_RIGHT);
        letter.setLabelTextAnchor(TextAnchor.BOTTOM_LEFT);
        return letter;
    }

    private double minutes(long at) {
        return (at - begun) / 60_000.0;
    }
}
