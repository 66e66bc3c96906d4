using System.Globalization;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

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

    /// <summary>The tool says of a file what the model says in this program, score by score.</summary>
    private Answer Same(IDataView rows, string csv, EstimatorChain<SpikingNetworkTransformer> pipeline, bool binary = false)
    {
        TransformerChain<SpikingNetworkTransformer> model = pipeline.Fit(rows);
        _ml.Model.Save(model, rows.Schema, Model);
        IDataView scored = model.Transform(rows);
        double accuracy = binary ? _ml.BinaryClassification.Evaluate(scored, "outcome").Accuracy : _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        float[] best = binary
            ? [.. scored.GetColumn<float>("Probability").Select(truth => Math.Max(truth, 1 - truth))]
            : [.. scored.GetColumn<float[]>("Score").Select(scores => scores.Max())];

        Answer evaluated = Answer.To("evaluate", "-m", Model, "-d", csv, "--json"), predicted = Answer.To("predict", csv, "-m", Model, "--json");

        Assert.AreEqual(ExitCode.Done, evaluated.Code, evaluated.Errors);
        Assert.AreEqual(accuracy, evaluated.Json.GetProperty("microAccuracy").GetDouble(), evaluated.Errors);
        float[] answered = [.. predicted.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("score").GetSingle())];
        Assert.HasCount(best.Length, answered, predicted.Errors);
        for (int row = 0; row < best.Length; row++) Assert.AreEqual(best[row], answered[row], 1e-6f, $"row {row}: {predicted.Errors}");
        return predicted;
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

    /// <summary>As strangers prepare their columns, in many ways; the tool has its own way where features are a table's columns side by side, and that is one of them.</summary>
    [TestMethod]
    [DataRow("missing", "the model's steps see a missing one, as MissingRealsAsNaNs has it.")]
    [DataRow("mapped", "")]
    [DataRow("copied over", "")]
    [DataRow("copied", "")]
    [DataRow("converted", "the model's steps see a 0, as ML.NET's loader reads whole numbers and Booleans.")]
    [DataRow("joined twice", "")]
    [DataRow("joined, scaled and joined", "")]
    [DataRow("selected", "")]
    [DataRow("dropped", "")]
    [DataRow("side by side", "")]
    [DataRow("one twice", "")]
    [DataRow("behind another network", "")]
    public void Whatever_makes_the_features_is_run(string how, string remark)
    {
        TransformsCatalog t = _ml.Transforms;
        string csv = Table(missing: how is "missing" or "converted");
        IDataView rows = how == "converted"
            ? _ml.Data.LoadFromTextFile(csv, [new("year", DataKind.Single, 0), new("city", DataKind.String, 1), new("size", DataKind.Int32, 2), new("label", DataKind.String, 3)], separatorChar: ',', hasHeader: true)
            : Load(csv);
        Dictionary<float, float> map = new() { [0] = 3, [1] = 0, [2] = 4, [3] = 1, [4] = 2 };
        IEstimator<ITransformer> features = how switch
        {
            "missing" => t.ReplaceMissingValues("size").Append(t.Concatenate("Features", "year", "size")),
            "mapped" => t.Conversion.MapValue("size", map).Append(t.Concatenate("Features", "year", "size")),
            "copied over" => t.CopyColumns("year", "size").Append(t.Concatenate("Features", "year", "size")),
            "copied" => t.CopyColumns("other", "size").Append(t.Concatenate("Features", "year", "other")),
            "converted" => t.Conversion.ConvertType("size").Append(t.Concatenate("Features", "year", "size")),
            "joined twice" => t.Concatenate("some", "size", "year").Append(t.Concatenate("Features", "year", "some")),
            "joined, scaled and joined" => t.Concatenate("Features", "size", "year").Append(t.NormalizeMinMax("Features")).Append(t.Concatenate("Features", "Features", "size")),
            "selected" => t.NormalizeMinMax("year").Append(t.SelectColumns("year", "label")).Append(t.Concatenate("Features", "year")),
            "dropped" => t.NormalizeMinMax("year").Append(t.DropColumns("city")).Append(t.Concatenate("Features", "year", "size")),
            "side by side" => t.Concatenate("Features", "size", "year"),
            "one twice" => t.Concatenate("Features", "size", "size"),
            _ => t.Concatenate("Features", "year", "size").Append(t.Conversion.ConvertType("truth", "size", DataKind.Boolean))
                .Append(_ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Options with { LabelColumnName = "truth" })).Append(t.Concatenate("Features", "Score", "year")),
        };

        Answer predicted = Same(rows, csv, features.Append(t.Conversion.MapValueToKey("Label", "label")).Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)));

        StringAssert.Contains(predicted.Errors, remark, StringComparison.Ordinal);
    }

    /// <summary>A label is what the model learnt, however the file writes it.</summary>
    [TestMethod]
    [DataRow(DataKind.Single, "1.0", "2.50")]
    [DataRow(DataKind.Int32, "07", "8")]
    [DataRow(DataKind.Boolean, "1", "0")]
    [DataRow(DataKind.Boolean, "true", "False")]
    [DataRow(DataKind.Boolean, "Yes", "no")]
    [DataRow(DataKind.Boolean, "+", "-")]
    [DataRow(DataKind.Boolean, "T", "f")]
    [DataRow(DataKind.Boolean, "y", "N")]
    [DataRow(DataKind.Boolean, "+1", "-1")]
    public void A_label_that_was_loaded_as_a_number_or_a_Boolean_is_known(DataKind kind, string one, string other)
    {
        foreach (bool scaled in (bool[])[false, true])
        {
            string csv = _folder.Write("kinds.csv", "class,x,y,outcome\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"{row % 3},{row % 2 + row % 7 * 0.01f},{row % 5},{(row % 2 == 0 ? one : other)}\n")));
            IDataView rows = _ml.Data.LoadFromTextFile(csv, [new("class", DataKind.Single, 0), new("x", DataKind.Single, 1), new("y", DataKind.Single, 2), new("outcome", kind, 3)], separatorChar: ',', hasHeader: true);
            // A column that is called class is no label for that.
            var features = _ml.Transforms.Concatenate("Features", "class", "x", "y");
            var made = scaled ? (IEstimator<ITransformer>)_ml.Transforms.NormalizeMinMax("x").Append(features) : features;

            Same(rows, csv, made.Append(_ml.Transforms.Conversion.MapValueToKey("Label", "outcome")).Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)));
            if (kind is DataKind.Boolean) Same(rows, csv, made.Append(_ml.BinaryClassification.Trainers.SpikingNetwork(Toy.Options with { LabelColumnName = "outcome" })), binary: true);
        }
    }

    [TestMethod]
    public void A_model_that_was_not_saved_for_its_columns_is_refused_unless_it_needs_none()
    {
        string csv = Table();
        IDataView rows = Load(csv);
        var features = _ml.Transforms.Concatenate("Features", "year", "size").Append(_ml.Transforms.Conversion.MapValueToKey("Label", "label"))
            .Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options));
        _ml.Model.Save(features.Fit(rows), inputSchema: null, Model);
        Assert.AreEqual(ExitCode.Done, Answer.To("evaluate", "-m", Model, "-d", csv).Code);

        ITransformer model = _ml.Transforms.ReplaceMissingValues("size").Append(features).Fit(rows);
        foreach (DataViewSchema? schema in (DataViewSchema?[])[null, _ml.Data.LoadFromEnumerable(new[] { new Other() }).Schema])
        {
            _ml.Model.Save(model, schema, Model);
            Answer.To("evaluate", "-m", Model, "-d", csv).FailsWith(ExitCode.Data, "model.zip' was not saved for the columns that its pipeline reads");
        }
    }

    [TestMethod]
    public void A_cell_that_is_no_number_of_its_column_is_told_of()
    {
        string csv = Table();
        IDataView rows = _ml.Data.LoadFromTextFile(csv, [new("year", DataKind.Single, 0), new("size", DataKind.Int32, 2), new("label", DataKind.String, 3)], separatorChar: ',', hasHeader: true);
        Same(rows, csv, _ml.Transforms.Conversion.ConvertType("size").Append(_ml.Transforms.Concatenate("Features", "year", "size"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "label")).Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)));

        string other = _folder.Write("other.csv", "year,size,label\n2000,1.5,left\n2001,2,right\n");

        foreach (string command in (string[])["evaluate", "predict"])
            Answer.To(command, "-m", Model, "-d", other).FailsWith(ExitCode.Data, "Could not parse value 1.5 in line 2, column size, as the model's pipeline reads it.");
    }

    /// <summary>To ML.NET's loader both are missing, and a step that fills in means would hide it.</summary>
    [TestMethod]
    public void Numbers_with_commas_are_refused_and_words_among_numbers_told_of()
    {
        string csv = Table();
        Train(csv);
        string commas = _folder.Write("commas.csv", "year;city;size\n2000,5;Rome;1\n2001,5;Oslo;2\n"), words = _folder.Write("words.csv", "year,city,size\n2000,Rome,big\n2001,Oslo,2\n");

        Answer.To("predict", commas, "-m", Model).FailsWith(ExitCode.Data, "Column 'year' of '" + commas + "' holds numbers with commas, '2000,5' in line 2");
        StringAssert.Contains(Answer.To("predict", words, "-m", Model).Errors, "Column 'size' of '" + words + "' has 'big' in line 2, which the model's steps see as a missing number.");
    }

    [TestMethod]
    public void Quotes_that_are_no_part_of_a_cell_are_told_of()
    {
        string csv = Table();
        Train(csv);
        string quoted = _folder.Write("quoted.csv", File.ReadAllText(csv).Replace("Rome", "\"Rome\"", StringComparison.Ordinal));

        Answer bare = Answer.To("predict", csv, "-m", Model), answer = Answer.To("predict", quoted, "-m", Model);

        CollectionAssert.AreEqual(bare.Lines.ToArray(), answer.Lines.ToArray());
        Assert.IsFalse(bare.Errors.Contains("Quotes", StringComparison.Ordinal), bare.Errors);
        StringAssert.Contains(answer.Errors, "Quotes around a cell of '" + quoted + "' are no part of it, as AllowQuoting has it.", StringComparison.Ordinal);
    }

    /// <summary>As ML.NET's guide saves data preparation and model, in a file each.</summary>
    [TestMethod]
    public void A_model_whose_features_another_pipeline_made_is_refused_and_answers_with_it()
    {
        string csv = Table(missing: true);
        IDataView rows = Load(csv);
        TransformsCatalog t = _ml.Transforms;
        foreach (bool changed in (bool[])[true, false])
        {
            IEstimator<ITransformer>[] all = changed
                ? [t.ReplaceMissingValues("size").Append(t.Concatenate("Features", "year", "size")), t.NormalizeMinMax("year").Append(t.Concatenate("Features", "year", "size")),
                    t.Concatenate("Features", "year", "size").Append(t.NormalizeMinMax("Features"))]
                : [t.Concatenate("Features", "year", "size")];
            foreach (IEstimator<ITransformer> made in all)
            {
                TransformerChain<ValueToKeyMappingTransformer> pipeline = made.Append(t.Conversion.MapValueToKey("Label", "label")).Fit(rows);
                IDataView prepared = pipeline.Transform(rows);
                SpikingNetworkTransformer model = _ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options).Fit(prepared);
                _ml.Model.Save(model, prepared.Schema, Model);

                Answer apart = Answer.To("evaluate", "-m", Model, "-d", csv);
                _ml.Model.Save(pipeline.Append(model), rows.Schema, Model);

                if (changed) apart.FailsWith(ExitCode.Data, "The model's features were made by a pipeline apart from it, which the model does not have");
                else Assert.AreEqual(ExitCode.Done, apart.Code, apart.Errors);
                Assert.AreEqual(_ml.MulticlassClassification.Evaluate(model.Transform(prepared)).MicroAccuracy,
                    Answer.To("evaluate", "-m", Model, "-d", csv, "--json").Json.GetProperty("microAccuracy").GetDouble());
            }
        }
    }

    /// <summary>To ML.NET's loader a blank at the end of a line is a part of the last cell, and nowhere else.</summary>
    [TestMethod]
    [DataRow(" ")]
    [DataRow("\u00a0")]
    public void A_blank_at_the_end_of_a_line_is_what_it_was_in_training(string blank)
    {
        string csv = _folder.Write("blank.csv", "label,year,city\n" + string.Concat(Enumerable.Range(0, Rows)
            .Select(row => $"{Toy.Classes[row % 2]} ,{row % 5},{(row % 2 == 0 ? $"Rome{blank}" : "Rome")}\n")));
        IDataView rows = _ml.Data.LoadFromTextFile(csv, [new("label", DataKind.String, 0), new("year", DataKind.Single, 1), new("city", DataKind.String, 2)], separatorChar: ',', hasHeader: true);
        Same(rows, csv, _ml.Transforms.Categorical.OneHotEncoding("city").Append(_ml.Transforms.Concatenate("Features", "year", "city"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "label")).Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)));

        // So is that of a class.
        string last = _folder.Write("last.csv", "year,size,label\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"{row % 2 * 9 + row % 5},{row % 3},{Toy.Classes[row % 2]}{blank}\n")));
        rows = _ml.Data.LoadFromTextFile(last, [new("year", DataKind.Single, 0), new("size", DataKind.Single, 1), new("label", DataKind.String, 2)], separatorChar: ',', hasHeader: true);
        foreach (string scaled in (string[])["year", "Features"])
        {
            var features = scaled == "year"
                ? _ml.Transforms.NormalizeMinMax("year").Append(_ml.Transforms.Concatenate("Features", "year", "size"))
                : (IEstimator<ITransformer>)_ml.Transforms.Concatenate("Features", "year", "size");
            Same(rows, last, features.Append(_ml.Transforms.Conversion.MapValueToKey("Label", "label")).Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)));
        }
    }

    /// <summary>A key that the loader reads is a number of the file.</summary>
    [TestMethod]
    public void Keys_are_read_as_numbers()
    {
        string csv = _folder.Write("keys.csv", "digit,year,kind\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"{row % 2},{row % 5},{(row % 2 + row / 30) % 3}\n")));
        IDataView rows = _ml.Data.LoadFromTextFile(csv, [new("digit", DataKind.UInt32, [new(0)], new KeyCount(2)), new("year", DataKind.Single, 1), new("kind", DataKind.UInt32, [new(2)], new KeyCount(3))],
            separatorChar: ',', hasHeader: true);

        Same(rows, csv, _ml.Transforms.Conversion.MapKeyToVector("kind").Append(_ml.Transforms.CopyColumns("Label", "digit")).Append(_ml.Transforms.Concatenate("Features", "year", "kind"))
            .Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options)));
    }

    [TestMethod]
    public void A_step_that_is_code_of_a_program_sends_there()
    {
        string csv = Table();
        IDataView rows = Load(csv);
        var pipeline = _ml.Transforms.CustomMapping<Sized, Doubled>((from, to) => to.Twice = 2 * from.Size, contractName: "Twice")
            .Append(_ml.Transforms.Concatenate("Features", "year", "Twice")).Append(_ml.Transforms.Conversion.MapValueToKey("Label", "label"))
            .Append(_ml.MulticlassClassification.Trainers.SpikingNetwork(Toy.Options));
        _ml.Model.Save(pipeline.Fit(rows), rows.Schema, Model);

        Answer answer = Answer.To("predict", csv, "-m", Model);

        answer.FailsWith(ExitCode.Data, "Unable to locate an extension for the contract 'Twice'.");
        StringAssert.Contains(answer.Errors, "hint: a CustomMapping is code of the program that trained the model: score the rows there.", StringComparison.Ordinal);
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
    [DataRow("Features")]
    [DataRow("Numbers")]
    public void Rows_in_binary_form_that_have_the_pipelines_columns_go_through_it_too(string features)
    {
        string csv = Table(), idv = _folder["rows.idv"], other = _folder["other.idv"];
        ITransformer model = Train(csv, features);
        using (FileStream file = File.Create(idv)) _ml.Data.SaveAsBinary(Load(csv), file);
        using (FileStream file = File.Create(other)) _ml.Data.SaveAsBinary(_ml.Transforms.DropColumns("city").Fit(Load(csv)).Transform(Load(csv)), file);

        Answer evaluated = Answer.To("evaluate", "-m", Model, "-d", idv, "--json");

        Assert.AreEqual(_ml.MulticlassClassification.Evaluate(model.Transform(Load(csv))).MicroAccuracy, evaluated.Json.GetProperty("microAccuracy").GetDouble(), evaluated.Errors);
        CollectionAssert.AreEqual(Answer.To("predict", csv, "-m", Model).Lines.ToArray(), Answer.To("predict", idv, "-m", Model).Lines.ToArray());
        Answer.To("predict", other, "-m", Model).FailsWith(ExitCode.Data, "other.idv' has no column Features; it has year, size, label.");
    }

    [TestMethod]
    public void A_column_that_the_model_reads_is_not_left_out()
    {
        Train(Table());
        const string Refusal = "--ignore names 'City', but the model reads that column of '";
        Answer.To("predict", _folder["rows.csv"], "-m", Model, "--ignore", "City").FailsWith(ExitCode.Usage, Refusal);
        Answer.To("train", "-d", _folder["rows.csv"], "-o", Model, "--epochs", "1", "--ignore", "city", "--ignore", "year");

        Answer.To("evaluate", "-d", _folder["rows.csv"], "-m", Model, "--ignore", "SIZE").FailsWith(ExitCode.Usage, "--ignore names 'SIZE', but the model reads that column of '");
        Assert.AreEqual(ExitCode.Done, Answer.To("evaluate", "-d", _folder["rows.csv"], "-m", Model, "--ignore", "city", "--ignore", "year").Code);
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

    private sealed class Other
    {
        public string Unheard { get; set; } = "";
    }

    private sealed class Sized
    {
        [ColumnName("size")]
        public float Size { get; set; }
    }

    private sealed class Doubled
    {
        public float Twice { get; set; }
    }
}
