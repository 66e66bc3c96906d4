using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests.Ground;

[TestClass]
public partial class TroubleTests
{
    [TestMethod]
    public void Every_code_has_its_section_in_the_troubleshooting_page_and_every_section_its_code()
    {
        string[] codes = [.. typeof(Trouble).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(p => ((Trouble)p.GetValue(null)!).Code).Append("SPK0001").Order()];
        string[] sections = [.. Section().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value).Order()];
        CollectionAssert.AreEqual(codes, sections);
        CollectionAssert.AllItemsAreUnique(codes);
    }

    [TestMethod]
    public void A_message_ends_with_its_code()
        => Assert.AreEqual("BatchSize is 0, but it must be greater than 0. [SPK1001]", Trouble.Options.Says("BatchSize is 0, but it must be greater than 0."));

    [TestMethod]
    public void An_error_is_known_by_the_code_that_it_carries_whatever_its_message_became()
    {
        Exception error = Trouble.Picture.Argument("There is no picture.", "picture");
        StringAssert.EndsWith(error.Message, "(Parameter 'picture')");
        Assert.IsTrue(Trouble.Picture.Is(error));
        Assert.IsFalse(Trouble.Fit.Is(error));
        Assert.IsFalse(Trouble.Picture.Is(new ArgumentException("Somebody else's. [SPK6001]")));
    }

    [TestMethod]
    public void What_the_libraries_throw_has_a_code()
    {
        // Not what is thrown to be caught and told as a reason, which begins in lower case; nor what cannot happen, a member of a closed family that is none.
        string[] all =
        [
            .. from library in (string[])["Microsoft.ML.Spiking", "Microsoft.ML.Spiking.TorchSharp", "Microsoft.ML.Spiking.Reports", "Microsoft.ML.Spiking.Interchange", "Microsoft.ML.Spiking.Mpi"]
               from room in Directory.EnumerateDirectories(Path.Combine(Root(), "src", library)).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj" or "Kernels"))
               from file in Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories)
               from thrown in Thrown().Matches(File.ReadAllText(file)).Select(match => match.Value)
               select $"{Path.GetFileName(file)}: {thrown}",
        ];
        Assert.IsGreaterThan(30, all.Length);
        string[] bare = [.. all.Where(thrown => !thrown.Contains(": Trouble.", StringComparison.Ordinal))];
        Assert.IsEmpty(bare, string.Join('\n', bare));
    }

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../..");

    private static string Page() => Path.Combine(Root(), "docs/troubleshooting.md");

    [GeneratedRegex(@"^## (SPK\d{4}):", RegexOptions.Multiline)]
    private static partial Regex Section();

    // The first word of the message follows the bracket, or the parameter's name.
    [GeneratedRegex(@"Trouble\.\w+\.(?:Argument|OutOfRange|InvalidOperation|InvalidData|IO|NotSupported|Marks)\(|"
        + @"throw new \w+Exception\(\s*(?:nameof\(\w+\),\s*)?\$?""\p{Lu}")]
    private static partial Regex Thrown();
}
