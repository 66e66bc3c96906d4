using System.Globalization;
using Microsoft.ML.Data;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;
using OpenQA.Selenium.Support.UI;

namespace Microsoft.ML.Spiking.Tests.Html;

[TestClass]
public sealed class ReportInBrowserTests : BrowserTests
{
    private const int TrueAcross = 0, TrueDown = 1;   // classes by occurrence

    [TestMethod]
    [RequiresBrowser]
    public void A_click_on_a_cell_of_the_confusion_matrix_shows_its_samples_and_Escape_closes_them()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);

        Cell(browser, TrueAcross, TrueDown).Click();

        IWebElement drawer = browser.FindElement(By.Id("cell"));
        IWebElement[] shown = [.. drawer.FindElements(By.CssSelector("figure.answer"))];
        Assert.HasCount(2, shown);
        Assert.IsTrue(shown.All(figure => figure.GetDomAttribute("class") == "answer wrong"));
        Assert.AreEqual("across read as down", drawer.FindElement(By.TagName("h3")).Text);
        // Row 58 is the first mislabelled stroke: its pixels are on the canvas.
        StringAssert.StartsWith(shown[0].GetDomAttribute("title"), "Row 58, across: read as down");
        float[] drawn = Stroke.Mislabelled(3).Features;
        object? alpha = browser.ExecuteScript("const c = arguments[0].querySelector('canvas'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((_, i) => i % 4 === 3).join(' ')", shown[0]);
        Assert.AreEqual(string.Join(' ', drawn.Select(x => (int)MathF.Round(255 * x))), alpha);

        new Actions(browser).SendKeys(Keys.Escape).Perform();
        Assert.IsFalse(drawer.Displayed);
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void Accuracy_against_cost_is_a_curve_with_a_mark_for_each_number_of_time_steps()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);

        Assert.HasCount(8, browser.FindElements(By.CssSelector("#cost-curve .points path")));
        Assert.HasCount(1, browser.FindElements(By.CssSelector("#cost-curve .lines path")));
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void The_keyboard_reaches_every_cell_and_opens_it()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);

        browser.ExecuteScript("arguments[0].focus()", Cell(browser, TrueAcross, TrueAcross));
        new Actions(browser).SendKeys(Keys.ArrowRight).SendKeys(Keys.Enter).Perform();

        Assert.AreEqual("across read as down", browser.FindElement(By.CssSelector("#cell h3")).Text);
        new Actions(browser).SendKeys(Keys.Escape).Perform();
        Assert.AreEqual(Cell(browser, TrueAcross, TrueDown), browser.SwitchTo().ActiveElement());
    }

    [TestMethod]
    [RequiresBrowser]
    public void The_slider_moves_graph_matrix_and_numbers_through_training()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);
        TopologyHistory history = TopologyHistory.Of(((IEnumerable<ITransformer>)Reported.Strokes).OfType<SpikingNetworkTransformer>().Single().Model);
        Assert.IsGreaterThan(2, history.Moments.Count);
        IWebElement slider = browser.FindElement(By.Id("moment"));

        foreach (var (key, place) in ((string, int)[])[(Keys.End, history.Moments.Count - 1), (Keys.Home, 0), (Keys.ArrowRight, 1)])
        {
            slider.SendKeys(key);
            TopologyMoment moment = history.Moments[place];
            Assert.AreEqual(
                $"{moment.Graph.Connections}",
                browser.FindElement(By.CssSelector("#topology-numbers tbody tr:first-child td.here")).Text);
            Assert.AreEqual(
                moment.Clustering.ToString("F3", CultureInfo.InvariantCulture),
                browser.FindElement(By.CssSelector("#topology-numbers tbody tr:nth-child(4) td.here")).Text);
            Assert.Contains($" {moment.Graph.Connections} connections", browser.FindElement(By.CssSelector("#ring svg")).GetDomAttribute("aria-label")!);
            // Every square of the matrix begins with one M.
            Assert.AreEqual(
                moment.Graph.Connections,
                Convert.ToInt32(browser.ExecuteScript("return [...document.querySelectorAll('#adjacency .square:not(.gone)')].map(p => p.getAttribute('d').split('M').length - 1).reduce((a, b) => a + b, 0)"), CultureInfo.InvariantCulture));
            Assert.HasCount(moment.Pruned.Count == 0 ? 0 : 1, browser.FindElements(By.CssSelector("#adjacency .square.gone")));
        }
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void A_chosen_neuron_shows_its_membrane_with_a_mark_for_every_spike()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);
        SpikingModel model = ((IEnumerable<ITransformer>)Reported.Strokes).OfType<SpikingNetworkTransformer>().Single().Model;
        long row = (long)browser.ExecuteScript("return report.samples.all[report.layers[0].activity.recordings[0].sample].row")!;
        LayerRecording recording = new SpikeRecorder(model).Record(Stroke.Draw(58, seed: 2)[row].Features.AsSpan()).Layers[0];
        var (column, neuron) = (
            from c in Enumerable.Range(0, 12)
            from n in Enumerable.Range(0, 20)
            where recording.Fired(recording.Steps - 1, c, n)
            select (c, n)).Last();
        int spikes = Enumerable.Range(0, recording.Steps).Count(step => recording.Fired(step, column, neuron));

        browser.ExecuteScript("const s = document.getElementById('raster-neuron'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))", $"{column},{neuron}");

        StringAssert.StartsWith(browser.FindElement(By.Id("membrane-title")).Text, $"Membrane of neuron {neuron} in column {column}");
        Assert.HasCount(spikes, browser.FindElements(By.CssSelector("#membrane circle")));
        // Along, and up or down, and never aslant: the threshold is crossed in the step that fires.
        Assert.IsFalse(browser.FindElement(By.CssSelector("#membrane .trace")).GetDomAttribute("d")!.Contains('L', StringComparison.Ordinal));

        // A click on a line of the raster chooses that neuron: the middle of the first excitatory line.
        browser.ExecuteScript("const r = document.querySelector('canvas.raster'); r.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: r.getBoundingClientRect().left + 60, clientY: r.getBoundingClientRect().top + 0.5 }))");
        StringAssert.StartsWith(browser.FindElement(By.Id("membrane-title")).Text, "Membrane of neuron 0 in column 0, excitatory");
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void An_answer_names_every_class_and_its_bar_is_beside_its_sample_on_a_phone_too()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);
        browser.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new() { ["width"] = 390, ["height"] = 844, ["deviceScaleFactor"] = 1, ["mobile"] = true });

        Assert.HasCount(3, browser.FindElements(By.CssSelector("#answer .scores li")));
        double gap = Convert.ToDouble(
            browser.ExecuteScript("const at = s => document.querySelector('#answer .answer ' + s).getBoundingClientRect(); return at('.meter').top - at('figcaption').bottom"), CultureInfo.InvariantCulture);
        Assert.IsLessThan(12, gap);
    }

    [TestMethod]
    [RequiresBrowser]
    public void What_is_not_certain_is_not_100_per_cent()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);

        CollectionAssert.AreEqual(
            (string[])["> 99.9 %", "99.9 %", "> 99 %", "50 %", "0.0 %"],
            ((IEnumerable<object>)browser.ExecuteScript("return [sure(1), sure(0.9994), sure(0.9997, 0), sure(0.5, 0), sure(0)]")!).Cast<string>().ToArray());
        Assert.IsEmpty(browser.FindElements(By.CssSelector(".sure")).Where(sure => sure.Text.Contains("100", StringComparison.Ordinal)));
    }

    [TestMethod]
    [RequiresBrowser]
    public void Rows_that_cannot_be_scored_are_counted_where_the_report_begins()
    {
        Stroke[] rows = Stroke.Draw(9, seed: 6);
        rows[1].Features[5] = float.NaN;
        using ChromeDriver labelled = Open(Reported.Strokes, Reported.View(rows));
        Assert.AreEqual("A trained spiking network, on 8 rows of 3 classes. Left out: 1 row with missing features, which cannot be scored.", labelled.FindElement(By.Id("lead")).Text);
        Assert.HasCount(8, labelled.FindElements(By.CssSelector("#sets .grid:not([hidden]) figure")));

        foreach (Stroke row in rows) row.Class = "never seen";
        using ChromeDriver unlabelled = Open(Reported.Strokes, Reported.View(rows));
        Assert.AreEqual("A trained spiking network, on rows without labels. Left out: 1 row with missing features, which cannot be scored.", unlabelled.FindElement(By.Id("lead")).Text);
    }

    [TestMethod]
    [RequiresBrowser]
    public void Every_chart_is_as_wide_as_its_place_from_the_start()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);
        string[] widths = [.. ((IEnumerable<object>)browser.ExecuteScript("return [...document.querySelectorAll('div.plot')].map(p => p.clientWidth + ' ' + p.querySelector('svg').clientWidth)")!).Cast<string>()];
        Assert.IsGreaterThanOrEqualTo(5, widths.Length);
        foreach (string width in widths) Assert.AreEqual(width.Split(' ')[0], width.Split(' ')[1]);
    }

    [TestMethod]
    [RequiresBrowser]
    public void It_follows_the_systems_light_and_a_button_overrules_it()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);
        string Paper() => (string)browser.ExecuteScript("return getComputedStyle(document.querySelector('.card')).backgroundColor")!;
        string Charts() => (string)browser.ExecuteScript("return document.querySelector('#curves .js-line').style.stroke")!;
        string white = "rgb(255, 255, 255)", day = Charts();
        Assert.AreEqual(white, Paper());

        browser.FindElement(By.Id("theme")).Click();
        Assert.AreNotEqual(white, Paper());
        Assert.AreNotEqual(day, Charts());

        browser.FindElement(By.Id("theme")).Click();
        Assert.AreEqual(white, Paper());
        browser.ExecuteScript("delete document.documentElement.dataset.theme");
        browser.ExecuteCdpCommand("Emulation.setEmulatedMedia", new() { ["features"] = new object[] { new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = "dark" } } });
        Assert.AreNotEqual(white, Paper());
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void It_fits_a_phone_and_loads_nothing()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen, width: 1280);
        browser.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new() { ["width"] = 375, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = true });

        // The charts follow a change of width a moment later.
        bool fits = new WebDriverWait(browser, TimeSpan.FromSeconds(5)).Until(_ => (long)browser.ExecuteScript("return document.documentElement.scrollWidth")! == 375);
        Assert.IsTrue(fits);
        Assert.AreEqual(0L, browser.ExecuteScript("return performance.getEntriesByType('resource').length"));
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void A_class_named_like_a_tag_is_text()
    {
        using ChromeDriver browser = Open(Reported.Strokes, Reported.Unseen);

        Assert.Contains(Stroke.Aslant, browser.FindElements(By.CssSelector("#matrix tbody th")).Select(name => name.Text));
        Assert.HasCount(0, browser.FindElements(By.CssSelector("#matrix b")));
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void Spike_trains_are_shown_as_rasters_and_have_no_receptive_fields()
    {
        var ml = Reported.Ml;
        IDataView trains = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(Beat.Play));
        SpikingNetwork network = Reported.Options.Network.EachLayer(layer => layer with { Plasticity = null, StructuralPlasticity = null });
        ITransformer model = Reported.Pipeline(Reported.Options with
        {
            Network = network with { Readout = new Readout { HiddenUnits = 0 } },
            FeatureColumnName = nameof(Beat.Spikes),
            ValidationFraction = 0,
            Batches = 20,
        }).Fit(trains);

        using ChromeDriver browser = Open(model, trains);

        Assert.IsFalse(browser.FindElement(By.Id("fields")).Displayed);
        IWebElement picture = browser.FindElement(By.CssSelector("#sets canvas.train"));
        Assert.AreEqual($"{Beat.Steps} x {Beat.Inputs}", $"{picture.GetDomAttribute("width")} x {picture.GetDomAttribute("height")}");
        Assert.IsFalse(browser.FindElement(By.Id("timeline")).Displayed);
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void Plain_numbers_without_labels_are_reported_too()
    {
        var schema = SchemaDefinition.Create(typeof(Stroke));
        schema[nameof(Stroke.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Stroke.Side * Stroke.Side);
        IDataView flat = Reported.Ml.Data.LoadFromEnumerable(Stroke.Draw(60, seed: 1), schema);
        ITransformer model = Reported.Pipeline(Reported.Options with { Batches = 10 }).Fit(flat);

        using ChromeDriver browser = Open(((IEnumerable<ITransformer>)model).OfType<SpikingNetworkTransformer>().Single(), Reported.Ml.Transforms.DropColumns("Class").Fit(flat).Transform(flat));

        Assert.IsFalse(browser.FindElement(By.Id("confusion")).Displayed);
        Assert.HasCount(60, browser.FindElements(By.CssSelector("#sets .grid:not([hidden]) canvas.vector")));
        Assert.AreEqual("60", browser.FindElement(By.CssSelector("#figures .figure b")).Text);
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    [RequiresMnist]
    public void A_report_of_real_digits_is_whole()
    {
        SpikingNetworkTransformer model = Reported.Ml.MulticlassClassification.Trainers.SpikingNetwork(new SpikingNetworkOptions { Batches = 200 })
            .Fit(Mnist.Training(Reported.Ml));

        using ChromeDriver browser = Open(model, Mnist.Test(Reported.Ml));

        IWebElement worst = browser.FindElement(By.CssSelector("#pairs button"));
        worst.Click();
        Assert.IsGreaterThan(1, browser.FindElements(By.CssSelector("#cell canvas.image")).Count);
        Assert.HasCount(96, browser.FindElements(By.CssSelector("canvas.field")));
        Assert.IsLessThan(5_600_000, new FileInfo(Report).Length, "Besides plotly.js, 2 MB.");
        AssertQuiet(browser);
    }

    private static IWebElement Cell(ChromeDriver browser, int truth, int guess) => browser.FindElement(By.CssSelector($"[data-cell='{truth},{guess}']"));
}
