using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests.Data;

/// <summary>A model whose pipeline makes other numbers of a table's columns: the tool answers as the program that trained it does.</summary>
[TestClass]
public sealed class PipelineSourceTests : IDisposable
{
    private const int Rows = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(seed: 1);

    private string Model => _folder["model.zip"];

    public void Dispose() => _folder.Dispose();

    /// <summary>A year that hides all else unless it is scaled, a city in words and a number that may be missing; each says something of the class.</summary>
    private string Table(string name = "rows.csv", char separator = ',', bool labelled = true, string year = "year", bool missing = false) => _folder.Write(name,
        string.Join(separator, [year, "city", "size", .. labelled ? (string[])["label"] : []]) + "\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => string.Join(separator,
        [
            (2000 + row % 2 + row % 7 * 0.01).ToString(CultureInfo.InvariantCulture), row % 2 == 0 ? "Rome" : "Oslo", missing && row % 4 == 0 ? "" : $"{row % 5}",
            .. labelled ? (string[])[Toy.Classes[row % 2]] : [],
        ]) + "\n")));

    private IDataView Load(string path) => _ml.Data.CreateTextLoader(new TextLoader.Options
    {
        Columns = [new("year", DataKind.Single, 0), new("city", DataKind.String, 1), new("size", DataKind.Single, 2), new("label", DataKind.String, 3)],
        Separators = [','], HasHeader = true, MissingRealsAsNaNs = true,
    }).Load(path);

    /// <summary>As many of ML.NET's pipelines are.</summary>
    private ITransformer Train(string path, string features = "Features")
    {
        IDataView rows = Load(path);
        ITransformer model = _ml.Transforms.NormalizeMeanVariance("year").Append(_ml.Transforms.Categorical.OneHotEncoding("city")).Append(_ml.Transforms.ReplaceMissingValues("size"))
            .Append(_ml.Transforms.Concatenate(features, "year", "city", "size")).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "label"))
            .Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options with { FeatureColumnName = features })).Fit(rows);
        _ml.Model.Save(model, rows.Schema, Model);
        return model;
    }

    [TestMethod]
    [DataRow("Features", false)]
    [DataRow("Numbers", true)]
    public void It_evaluates_and_predicts_what_the_program_does(string features, bool missing)
    {
        string csv = Table(missing: missing);
        ITransformer model = Train(csv, features);
        IDataView scored = model.Transform(Load(csv));
        double accuracy = _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        string[] classes = [.. _ml.Transforms.Conversion.MapKeyToValue("Class", "PredictedLabel").Fit(scored).Transform(scored).GetColumn<string>("Class")];

        Answer evaluated = Answer.To("evaluate", "-m", Model, "-d", csv, "--json"), predicted = Answer.To("predict", csv, "-m", Model);

        Assert.AreEqual(ExitCode.Done, evaluated.Code, evaluated.Errors);
        Assert.AreEqual(accuracy, evaluated.Json.GetProperty("microAccuracy").GetDouble());
        Assert.HasCount(Rows, predicted.Lines, predicted.Errors);
        CollectionAssert.AreEqual(classes, predicted.Lines.Select(line => line.Split('\t')[1]).ToArray());
        Assert.AreEqual(ExitCode.Done, Answer.To("report", "-m", Model, "-d", csv, "-o", _folder["report.html"]).Code);
    }

    [TestMethod]
    public void Rows_without_labels_in_other_columns_of_another_separator_are_answered_a_part_at_a_time()
    {
        Train(Table());
        string[] all = [.. Answer.To("predict", _folder["rows.csv"], "-m", Model).Lines];
        string other = Table("other.tsv", ';', labelled: false);

        Answer first = Answer.To("predict", other, "-m", Model, "--shard", "0/2"), second = Answer.To("predict", other, "-m", Model, "--shard", "1/2");

        CollectionAssert.AreEqual(all, (string[])[.. first.Lines, .. second.Lines], first.Errors);
    }

    [TestMethod]
    public void A_table_that_lacks_what_the_pipeline_reads_is_refused()
    {
        Train(Table());

        Answer.To("predict", Table("other.csv", year: "age"), "-m", Model).FailsWith(ExitCode.Data, "other.csv' has no column 'year', which the model's pipeline reads.");
        Answer.To("predict", _folder.Write("bare.csv", "2000,Rome,1\n2001,Oslo,2\n"), "-m", Model).FailsWith(ExitCode.Data, "bare.csv' has no line that names its columns");
        Answer.To("predict", _folder.Write("excel.csv", "sep=,\nyear,city,size\n2000,Rome,1\n2001,Oslo,2\n"), "-m", Model)
            .FailsWith(ExitCode.Data, "excel.csv' is not written as ML.NET reads tables");
        Answer.To("evaluate", "-d", _folder.Write("strange.csv", "year,city,size,label\n2000,Rome,1,up\n2001,Oslo,2,down\n"), "-m", Model).FailsWith(ExitCode.Data, "The model knows no class 'down'");
    }

    [TestMethod]
    public void Numbers_side_by_side_go_by_their_names_or_not_at_all()
    {
        string csv = Toy.WriteCsv(_folder["toy.csv"], [.. Enumerable.Range(0, Rows).Select(row => Toy.Classes[row % 2])]);
        int features = File.ReadLines(csv).First().Split(',').Length - 1;
        foreach (bool named in (bool[])[true, false])
        {
            IDataView rows = named
                ? _ml.Data.CreateTextLoader(new TextLoader.Options { Columns = [new("Label", DataKind.String, 0), new("X", DataKind.Single, 1, features)], Separators = [','], HasHeader = true },
                    new MultiFileSource(csv)).Load(csv)
                : _ml.Data.LoadFromTextFile(csv, [new("Label", DataKind.String, 0), new("X", DataKind.Single, 1, features)], separatorChar: ',', hasHeader: false);
            if (!named) rows = _ml.Data.SkipRows(rows, 1);
            var model = _ml.Transforms.NormalizeMeanVariance("X").Append(_ml.Transforms.Concatenate("Features", "X")).Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
                .Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)).Fit(rows);
            _ml.Model.Save(model, rows.Schema, Model);

            Answer answer = Answer.To("evaluate", "-m", Model, "-d", csv, "--json");

            if (named) Assert.AreEqual(_ml.MulticlassClassification.Evaluate(model.Transform(rows)).MicroAccuracy, answer.Json.GetProperty("microAccuracy").GetDouble(), answer.Errors);
            else answer.FailsWith(ExitCode.Data, "The model's pipeline reads 'X', which is Vector<Single, ");
        }
    }

    [TestMethod]
    public void What_works_on_features_behind_them_needs_no_columns_of_the_pipelines()
    {
        string csv = Table(labelled: true);
        IDataView rows = Load(csv);
        var model = _ml.Transforms.Concatenate("Features", "year", "size").Append(_ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "label")).Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)).Fit(rows);
        _ml.Model.Save(model, rows.Schema, Model);

        Answer answer = Answer.To("evaluate", "-m", Model, "-d", csv, "--json");

        Assert.AreEqual(_ml.MulticlassClassification.Evaluate(model.Transform(rows)).MicroAccuracy, answer.Json.GetProperty("microAccuracy").GetDouble(), answer.Errors);
    }
}
