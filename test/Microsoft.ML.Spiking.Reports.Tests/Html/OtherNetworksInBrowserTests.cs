using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;

namespace Microsoft.ML.Spiking.Tests.Html;

[TestClass]
public sealed class OtherNetworksInBrowserTests : BrowserTests
{
    [TestMethod]
    [RequiresBrowser]
    public void Of_several_layers_one_is_shown_and_the_others_are_a_click_away()
    {
        ColumnLayer first = Reported.Options.Network.ColumnLayers[0];
        SpikingNetwork deep = Reported.Options.Network with { Layers = [first, first with { Columns = 5 }] };
        using ChromeDriver browser = Open(Reported.Pipeline(Reported.Options with { Network = deep, Batches = 20 }).Fit(Reported.Unseen), Reported.Unseen);
        int Columns() => browser.FindElements(By.CssSelector("#raster-column option")).Count - 1;
        Assert.AreEqual(12, Columns());
        Assert.IsTrue(browser.FindElement(By.Id("fields")).Displayed);

        browser.FindElement(By.LinkText("Layer 1")).Click();

        Assert.AreEqual(5, Columns());
        Assert.IsFalse(browser.FindElement(By.Id("fields")).Displayed);
        AssertQuiet(browser);
    }

    [TestMethod]
    [RequiresBrowser]
    public void A_threshold_that_adapts_is_drawn_as_it_moves()
    {
        var adaptive = new AdaptiveLifNeuron { MembraneTimeConstant = 5, SynapseTimeConstant = 2, AdaptationTimeConstant = 6, Adaptation = 1, Threshold = 1 };
        SpikingNetwork adapting = Reported.Options.Network.EachLayer(layer => layer with { Excitatory = adaptive, Inhibitory = adaptive });
        using ChromeDriver browser = Open(Reported.Pipeline(Reported.Options with { Network = adapting, Batches = 20 }).Fit(Reported.Unseen), Reported.Unseen);

        // Up with each spike and down after it: more than one height. A threshold that stays is a line.
        string[] path = browser.FindElement(By.CssSelector("#membrane path.threshold")).GetDomAttribute("d")!.Split('V');
        Assert.IsGreaterThan(1, path.Skip(1).Select(part => part.Split('H')[0]).Distinct().Count());
        StringAssert.Contains(browser.FindElement(By.Id("membrane-title")).Text, "threshold from 1 up, dashed");
        AssertQuiet(browser);
    }
}
