package dev.errand.bench;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** The pictures of docs/explain/performance.md, of medians. */
final class Charts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;

    private final Report report;

    Charts(Report report) {
        this.report = report;
    }

    void write(Path folder) throws IOException {
        DefaultCategoryDataset throughput = new DefaultCategoryDataset();
        for (String workload : List.of("W1", "W2", "W3")) {
            add(throughput, workload, "tasks/s", workload);
        }
        write(folder.resolve("throughput.svg"), "Tasks per second", throughput, false);
        DefaultCategoryDataset latency = new DefaultCategoryDataset();
        for (String workload : List.of("W4", "W5", "W7")) {
            add(latency, workload, "p50", workload + " p50");
            add(latency, workload, "p99", workload + " p99");
        }
        write(folder.resolve("latency.svg"), "Milliseconds late", latency, true);
    }

    private void add(DefaultCategoryDataset data, String workload, String figure, String category) {
        for (String system : report.systems()) {
            double median = report.median(workload, system, figure);
            if (!Double.isNaN(median)) {
                data.addValue(median, system, category);
            }
        }
    }

    /** Nothing, if nothing of it was measured. */
    private static void write(Path file, String title, DefaultCategoryDataset data, boolean logarithmic)
            throws IOException {
        if (data.getRowCount() == 0) {
            return;
        }
        JFreeChart chart =
                ChartFactory.createBarChart(null, null, title, data, PlotOrientation.VERTICAL, true, false, false);
        chart.setBackgroundPaint(Color.WHITE);
        CategoryPlot plot = chart.getCategoryPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setOutlineVisible(false);
        if (logarithmic) {
            LogarithmicAxis axis = new LogarithmicAxis(title + " (logarithmic)");
            // a task that starts early is late by less than nothing
            axis.setAllowNegativesFlag(true);
            plot.setRangeAxis(axis);
        }
        ValueAxis values = plot.getRangeAxis();
        values.setUpperMargin(0.1);
        BarRenderer bars = (BarRenderer) plot.getRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setItemMargin(0.02);
        NumberFormat format = NumberFormat.getInstance(Locale.ROOT);
        format.setMaximumFractionDigits(logarithmic ? 1 : 0);
        bars.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", format));
        bars.setDefaultItemLabelsVisible(true);
        SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
        chart.draw(svg, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        Files.writeString(file, svg.getSVGDocument());
    }
}
