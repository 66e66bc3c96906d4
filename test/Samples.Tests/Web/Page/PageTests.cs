using System.Drawing;
using System.Globalization;
using Microsoft.ML.Spiking.Tests;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;
using OpenQA.Selenium.Support.UI;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class PageTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static RunningServer s_server = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => s_server = await RunningServer.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await s_server.DisposeAsync();

    [TestMethod]
    [RequiresBrowser]
    public void A_drawn_nought_is_read_and_its_spikes_are_played()
    {
        using ChromeDriver browser = Open();
        DrawNought(browser, PointerKind.Mouse);
        Await(browser, () => Label(browser) == "0", "the answer 0");
        Assert.EndsWith("sure", Text(browser, "sure"));
        Assert.DoesNotContain("100", Text(browser, "sure"));
        Assert.IsTrue(browser.FindElements(By.CssSelector("#scores li")).Count == 10);
        Assert.Contains("synaptic operations", Text(browser, "cost"));

        // It plays by itself: steps pass and the picture changes.
        string step = Text(browser, "step"), picture = Picture(browser);
        Await(browser, () => Text(browser, "step") != step && Picture(browser) != picture, "another step");

        browser.FindElement(By.Id("play")).Click();
        Assert.AreEqual("Play", browser.FindElement(By.Id("play")).GetAttribute("aria-label"));
        step = Text(browser, "step");
        Thread.Sleep(500);
        Assert.AreEqual(step, Text(browser, "step"));
        Assert.IsEmpty(Complaints(browser));
    }

    [TestMethod]
    [RequiresBrowser]
    public void The_hand_of_the_timeline_is_moved_by_keys()
    {
        using ChromeDriver browser = Open();
        DrawNought(browser, PointerKind.Mouse);
        Await(browser, () => Label(browser) == "0", "the answer 0");
        IWebElement scrub = browser.FindElement(By.Id("scrub"));
        scrub.SendKeys(Keys.Home);
        Assert.AreEqual("step 1 of 8", Text(browser, "step"));
        string picture = Picture(browser);
        scrub.SendKeys(Keys.ArrowRight + Keys.ArrowRight);
        Assert.AreEqual("step 3 of 8", Text(browser, "step"));
        Assert.AreNotEqual(picture, Picture(browser));
        scrub.SendKeys(Keys.End);
        Assert.AreEqual("step 8 of 8", Text(browser, "step"));
        Assert.IsEmpty(Complaints(browser));
    }

    [TestMethod]
    [RequiresBrowser]
    public void Clear_takes_drawing_and_answer_away_and_undo_the_last_stroke()
    {
        using ChromeDriver browser = Open();
        string empty = Picture(browser);
        DrawNought(browser, PointerKind.Mouse);
        Await(browser, () => Label(browser) == "0", "the answer 0");
        browser.FindElement(By.Id("clear")).Click();
        Await(browser, () => Label(browser) == "", "no answer");
        Await(browser, () => Picture(browser) == empty, "silent columns");
        Assert.IsFalse(browser.FindElement(By.Id("play")).Enabled);

        DrawNought(browser, PointerKind.Mouse);
        Await(browser, () => Label(browser) == "0", "the answer 0");
        browser.FindElement(By.Id("undo")).Click();
        Await(browser, () => Label(browser) == "", "no answer");
        Assert.IsEmpty(Complaints(browser));
    }

    [TestMethod]
    [RequiresBrowser]
    public void The_keyboard_draws_a_one()
    {
        using ChromeDriver browser = Open();
        IWebElement pad = browser.FindElement(By.Id("pad"));
        pad.SendKeys(" " + string.Concat(Enumerable.Repeat(Keys.ArrowDown, 14)) + " ");
        Await(browser, () => Label(browser) == "1", "the answer 1");
        pad.SendKeys(Keys.Escape);
        Await(browser, () => Label(browser) == "", "no answer");
        Assert.IsEmpty(Complaints(browser));
    }

    [TestMethod]
    [RequiresBrowser]
    public void A_finger_draws_on_a_phone_and_nothing_is_wider_than_it()
    {
        using ChromeDriver browser = Open(width: 500, height: 844);
        browser.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new() { ["width"] = 360, ["height"] = 740, ["deviceScaleFactor"] = 2, ["mobile"] = true });
        browser.ExecuteCdpCommand("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
        DrawNought(browser, PointerKind.Touch);
        Await(browser, () => Label(browser) == "0", "the answer 0");
        Assert.AreEqual(360L, browser.ExecuteScript("return document.documentElement.scrollWidth"));
        Assert.AreEqual(0L, browser.ExecuteScript("return scrollY"), "Drawing must not scroll the page.");
        Assert.IsEmpty(Complaints(browser));
    }

    [TestMethod]
    [RequiresBrowser]
    [DataRow(1280, 900)]
    [DataRow(1280, 720)]
    [DataRow(1920, 1080)]
    public void On_a_desk_all_is_seen_at_one_look(int width, int height)
    {
        using ChromeDriver browser = Open();
        browser.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        DrawNought(browser, PointerKind.Mouse);
        Await(browser, () => Label(browser) == "0", "the answer 0");
        foreach (string part in (string[])["#pad", "#scores li:last-child", "#columns", "#rates", "#play", "#cost"])
            Assert.IsLessThan(height, Convert.ToDouble(browser.ExecuteScript($"return document.querySelector('{part}').getBoundingClientRect().bottom"), CultureInfo.InvariantCulture), part);
        Assert.IsGreaterThan(200, browser.FindElement(By.Id("pad")).Size.Width);
        Assert.AreEqual(0L, browser.ExecuteScript("const s = document.getElementById('scores'); return s.scrollHeight - s.clientHeight"), "No score is hidden.");
    }

    // A network that knows drawn digits alone takes other scribbles for digits.
    [TestMethod]
    [RequiresBrowser]
    [RequiresMnist]
    public void A_scribble_is_no_digit()
    {
        using ChromeDriver browser = Open();
        var random = new Random(3);
        Draw(browser, PointerKind.Mouse, [.. Enumerable.Range(0, 60).Select(_ => (0.8 * random.NextDouble() - 0.4, 0.8 * random.NextDouble() - 0.4))]);
        Await(browser, () => Text(browser, "verdict") == "no digit", "no digit");
        Assert.AreEqual("", Label(browser));
        Assert.StartsWith("nearest: ", Text(browser, "sure"));
        Assert.IsEmpty(browser.FindElements(By.CssSelector("#scores .first")));
        Assert.IsEmpty(Complaints(browser));
    }

    [TestMethod]
    [RequiresBrowser]
    public void Paper_without_ink_and_paper_full_of_it_are_not_asked_about()
    {
        using ChromeDriver browser = Open();
        IWebElement pad = browser.FindElement(By.Id("pad"));
        pad.SendKeys(Keys.ArrowDown + Keys.ArrowUp);
        Thread.Sleep(200);
        Assert.AreEqual(0L, Questions(browser));
        Assert.AreEqual("?", Text(browser, "verdict"));

        // Lines closer than the pen is wide, from edge to edge.
        Draw(browser, PointerKind.Mouse, [.. Enumerable.Range(0, 34).Select(i => (i % 4 is 0 or 3 ? -0.49 : 0.49, -0.49 + i / 2 * 0.06125))]);
        Await(browser, () => Text(browser, "verdict") == "no digit" && Text(browser, "sure") == "", "full paper");
        Assert.IsFalse(browser.FindElement(By.Id("fault")).Displayed);
        Assert.IsEmpty(Complaints(browser));
    }

    /// <summary>How often the server was asked.</summary>
    private static object? Questions(ChromeDriver browser) => browser.ExecuteScript("return performance.getEntriesByType('resource').filter(one => one.name.endsWith('/spikes')).length");

    private static ChromeDriver Open(int width = 1280, int height = 1000)
    {
        ChromeDriver browser = Browser.Open(width, height);
        browser.Navigate().GoToUrl(s_server.Client.BaseAddress!);
        Await(browser, () => browser.FindElement(By.TagName("body")).GetAttribute("data-ready") == "true", "a page that is ready");
        return browser;
    }

    /// <summary>Draws an ellipse, as a hand would: in 24 short moves.</summary>
    private static void DrawNought(ChromeDriver browser, PointerKind kind)
        => Draw(browser, kind, [.. Enumerable.Range(0, 25).Select(i => -Math.PI / 2 - 2 * Math.PI * i / 24).Select(turn => (0.2 * Math.Cos(turn), 0.32 * Math.Sin(turn)))]);

    /// <summary>Draws a line through points, given from the middle of the paper as parts of its side.</summary>
    private static void Draw(ChromeDriver browser, PointerKind kind, (double X, double Y)[] points)
    {
        IWebElement pad = browser.FindElement(By.Id("pad"));
        Size size = pad.Size;
        var pen = new PointerInputDevice(kind, "pen");
        var actions = new ActionBuilder();
        for (int i = 0; i < points.Length; i++)
        {
            actions.AddAction(pen.CreatePointerMove(pad, (int)(points[i].X * size.Width), (int)(points[i].Y * size.Height), TimeSpan.FromMilliseconds(8)));
            if (i == 0) actions.AddAction(pen.CreatePointerDown(MouseButton.Left));
        }
        actions.AddAction(pen.CreatePointerUp(MouseButton.Left));
        browser.PerformActions(actions.ToActionSequenceList());
        browser.ResetInputState();
    }

    private static string? Label(ChromeDriver browser) => browser.FindElement(By.TagName("body")).GetAttribute("data-label");

    private static string Text(ChromeDriver browser, string id) => browser.FindElement(By.Id(id)).Text;

    /// <summary>The columns as they are painted now.</summary>
    private static string Picture(ChromeDriver browser) => (string)browser.ExecuteScript("return document.getElementById('columns').toDataURL()")!;

    private static string[] Complaints(ChromeDriver browser) => [.. browser.Manage().Logs.GetLog(LogType.Browser).Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Message)];

    private static void Await(ChromeDriver browser, Func<bool> condition, string what)
        => new WebDriverWait(browser, s_patience) { PollingInterval = TimeSpan.FromMilliseconds(30), Message = $"Waited for {what}." }.Until(_ => condition());
}
