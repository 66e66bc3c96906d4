using OpenQA.Selenium.Chrome;

namespace Microsoft.ML.Spiking.Tests.Pictures;

[TestClass]
public class InTheBrowserTests
{
    private const string CrossingWords = """
        const boxes = [...document.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
        const crossing = [], page = document.querySelector('.paper').getBoundingClientRect();
        for (const [words, box] of boxes)
            if (box.left < 0 || box.top < 0 || box.right > page.right || box.bottom > page.bottom) crossing.push(words + ' leaves the page');
        for (let i = 0; i < boxes.length; i++)
            for (let j = 0; j < i; j++) {
                const [a, b] = [boxes[i][1], boxes[j][1]];
                if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) crossing.push(boxes[i][0] + ' crosses ' + boxes[j][0]);
            }
        return crossing.join('; ');
        """;

    [TestMethod]
    [RequiresBrowser]
    public void No_words_of_any_picture_cross_or_leave_it()
    {
        using ChromeDriver browser = Browser.Open(1000, 1400);
        foreach (SvgPicture picture in Drawn.All())
        {
            Show(browser, picture);
            Assert.AreEqual("", browser.ExecuteScript(CrossingWords), picture.Title);
        }
    }

    [TestMethod]
    [RequiresBrowser]
    public void The_paper_is_white_by_day_dark_by_night_and_white_in_print()
    {
        using ChromeDriver browser = Browser.Open();
        Show(browser, SpikePictures.Ring(Stripes.Model.Layers[0].Topology));
        Assert.AreEqual("rgb(255, 255, 255)", Paper(browser, "screen", "light"));
        Assert.AreEqual("rgb(21, 24, 29)", Paper(browser, "screen", "dark"));
        Assert.AreEqual("rgb(255, 255, 255)", Paper(browser, "print", "dark"));
    }

    private static void Show(ChromeDriver browser, SvgPicture picture)
    {
        string path = Path.Combine(Path.GetTempPath(), $"spiking-{Guid.NewGuid():N}.svg");
        picture.Save(path);
        try
        {
            browser.Navigate().GoToUrl(new Uri(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static object? Paper(ChromeDriver browser, string media, string scheme)
    {
        browser.ExecuteCdpCommand("Emulation.setEmulatedMedia", new Dictionary<string, object?>
        {
            ["media"] = media,
            ["features"] = new object[] { new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = scheme } },
        });
        return browser.ExecuteScript("return getComputedStyle(document.querySelector('.paper')).fill");
    }
}
