using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data.Tables;

[TestClass]
public class LikeTextLoaderTests
{
    [TestMethod]
    [DataRow("x,y,label\n1,2,cat\n3,4,dog\n", DisplayName = "plain")]
    [DataRow("x,y,label\r\n1,2,cat\r\n\r\n3,4,dog", DisplayName = "blank lines, and no end of line")]
    [DataRow("x,y,label\n 1 , 2 , cat \n3,4,dog\n", DisplayName = "blanks around cells")]
    [DataRow("x,y,label\n\"1\",2,\"a, b\"\n3,4,\"say \"\"hi\"\"\"\n", DisplayName = "quotes")]
    [DataRow("x,y,label\n1,2,\"two\nlines\"\n3,4,dog\n", DisplayName = "a newline in quotes")]
    [DataRow("x,y,label\n1,2,5\" pipe\n3,4,6\" pipe\n", DisplayName = "a quote amid a cell")]
    [DataRow("x,y,label\n1,,cat\n,4,dog\n", DisplayName = "empty cells")]
    [DataRow("x,y,label\n1,2,\n3,4,dog\n5,6,cat\n", DisplayName = "an empty label")]
    public void The_rows_are_those_of_MLNets_loader(string content) => AreAlike(content, features: 2);

    [TestMethod]
    public void Numbers_are_the_same_to_the_last_bit()
    {
        var random = new Random(1);
        string[] forms = ["G9", "F2", "E5", "R", "G4"];
        var lines = Enumerable.Range(0, 2000).Select(row => $"{Number()},{Number()},{(row % 2 == 0 ? "a" : "b")}");
        AreAlike("x,y,label\n" + string.Join('\n', lines), features: 2);

        string Number() => ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7))).ToString(forms[random.Next(forms.Length)], CultureInfo.InvariantCulture);
    }

    private static void AreAlike(string content, int features)
    {
        using var table = new Table();
        string path = table.Write("a.csv", content);
        IDataView expected = table.Ml.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Separators = [','], HasHeader = true, AllowQuoting = true, ReadMultilines = true, TrimWhitespace = true, MissingRealsAsNaNs = true,
            Columns = [new("Features", DataKind.Single, 0, features - 1), new("Label", DataKind.String, features)],
        });

        IDataView actual = table.Open(path).View;
        IDataView texts = table.Ml.Transforms.Conversion.MapKeyToValue("Label").Fit(actual).Transform(actual);

        CollectionAssert.AreEqual(expected.GetColumn<float[]>("Features").SelectMany(row => row).ToArray(), actual.GetColumn<float[]>("Features").SelectMany(row => row).ToArray());
        CollectionAssert.AreEqual(expected.GetColumn<string>("Label").ToArray(), texts.GetColumn<string>("Label").ToArray());
    }
}
