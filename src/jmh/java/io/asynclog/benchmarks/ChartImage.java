package io.asynclog.benchmarks;

import io.asynclog.benchmarks.Results.Chart;
import io.asynclog.benchmarks.Results.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.w3c.dom.Document;

/** One chart as a picture, on white. */
final class ChartImage {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final int ROW_HEIGHT = 34;
    private static final int FRAME_HEIGHT = 150;
    private static final double LOGARITHMIC_FROM = 100;

    private static final Color GRID = new Color(0xdddddd);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    /** Can be told apart by people who see few colours; shapes differ besides. */
    private static final List<Color> COLORS = List.of(
            new Color(0x0060a8),
            new Color(0xd55e00),
            new Color(0x009e73),
            new Color(0xb8479a),
            new Color(0x7a5c00),
            new Color(0x56b4e9),
            new Color(0x000000),
            new Color(0xe69f00));

    private static final List<Shape> SHAPES = List.of(
            new Ellipse2D.Double(-4, -4, 8, 8),
            new Rectangle2D.Double(-4, -4, 8, 8),
            polygon(0, -5, 5, 4, -5, 4),
            polygon(0, -6, 6, 0, 0, 6, -6, 0),
            polygon(0, 5, 5, -4, -5, -4));

    private final JFreeChart chart;
    private final int height;

    private ChartImage(JFreeChart chart, int height) {
        this.chart = chart;
        this.height = height;
    }

    static ChartImage of(Chart chart, String machine) {
        List<String> positions =
                chart.points().stream().map(Point::x).distinct().toList();
        boolean named = !positions.stream().allMatch(ChartImage::isNumber);
        YIntervalSeriesCollection dataset = dataset(chart, positions);
        XYPlot plot =
                new XYPlot(dataset, positionAxis(chart, positions, named), valueAxis(chart), renderer(dataset, named));
        plot.setOrientation(named ? PlotOrientation.HORIZONTAL : PlotOrientation.VERTICAL);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setOutlineVisible(false);
        JFreeChart drawn = new JFreeChart(chart.title(), TITLE, plot, true);
        drawn.addSubtitle(0, new TextTitle(machine, TEXT));
        drawn.setBackgroundPaint(Color.WHITE);
        drawn.getLegend().setPosition(named ? RectangleEdge.BOTTOM : RectangleEdge.RIGHT);
        drawn.getLegend().setItemFont(TEXT);
        drawn.getLegend().setFrame(BlockBorder.NONE);
        return new ChartImage(drawn, named ? FRAME_HEIGHT + ROW_HEIGHT * positions.size() : HEIGHT);
    }

    void write(Path file) throws IOException {
        SVGGraphics2D graphics = new SVGGraphics2D(newDocument());
        graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
        chart.draw(graphics, new Rectangle(WIDTH, height));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            graphics.stream(out, true);
        }
    }

    private static Document newDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static YIntervalSeriesCollection dataset(Chart chart, List<String> positions) {
        YIntervalSeriesCollection dataset = new YIntervalSeriesCollection();
        for (String name : chart.points().stream().map(Point::series).distinct().toList()) {
            YIntervalSeries series = new YIntervalSeries(name);
            chart.points().stream()
                    .filter(point -> point.series().equals(name))
                    .forEach(point -> series.add(positions.indexOf(point.x()), point.y(), point.low(), point.high()));
            dataset.addSeries(series);
        }
        return dataset;
    }

    private static ValueAxis positionAxis(Chart chart, List<String> positions, boolean named) {
        SymbolAxis axis = new SymbolAxis(chart.xLabel(), positions.toArray(String[]::new));
        axis.setInverted(named);
        axis.setGridBandsVisible(false);
        style(axis);
        return axis;
    }

    private static ValueAxis valueAxis(Chart chart) {
        double largest = chart.points().stream().mapToDouble(Point::high).max().orElse(1);
        double smallest = chart.points().stream()
                .mapToDouble(Point::low)
                .filter(low -> low > 0)
                .min()
                .orElse(largest);
        ValueAxis axis =
                largest / smallest > LOGARITHMIC_FROM ? new LogAxis(chart.yLabel()) : new NumberAxis(chart.yLabel());
        if (axis instanceof LogAxis logarithmic) {
            logarithmic.setSmallestValue(smallest);
            logarithmic.setTickUnit(new NumberTickUnit(1)); // a power of ten
            logarithmic.setNumberFormatOverride(
                    new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        }
        style(axis);
        return axis;
    }

    private static void style(ValueAxis axis) {
        axis.setLabelFont(TEXT);
        axis.setTickLabelFont(TEXT);
    }

    private static XYErrorRenderer renderer(YIntervalSeriesCollection dataset, boolean named) {
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setDefaultLinesVisible(!named);
        for (int i = 0; i < dataset.getSeriesCount(); i++) {
            boolean own = dataset.getSeriesKey(i).toString().startsWith("asynclog");
            renderer.setSeriesPaint(i, COLORS.get(i % COLORS.size()));
            renderer.setSeriesShape(i, SHAPES.get(i % SHAPES.size()));
            renderer.setSeriesStroke(i, new BasicStroke(own ? 3 : 1.5f));
        }
        return renderer;
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9.]+");
    }

    private static Shape polygon(double... coordinates) {
        Path2D path = new Path2D.Double();
        path.moveTo(coordinates[0], coordinates[1]);
        for (int i = 2; i < coordinates.length; i += 2) {
            path.lineTo(coordinates[i], coordinates[i + 1]);
        }
        path.closePath();
        return path.createTransformedShape(new AffineTransform());
    }
}
