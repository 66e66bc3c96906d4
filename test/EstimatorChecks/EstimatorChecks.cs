using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What ML.NET asks of every estimator of its own (TestEstimatorCore), over the public API.</summary>
internal static class EstimatorChecks
{
    /// <param name="ml">The context of estimator and data.</param>
    /// <param name="estimator">Is fitted to <paramref name="valid"/>.</param>
    /// <param name="valid">Rows that it can be fitted to and that can be transformed.</param>
    /// <param name="invalid">Rows that nothing can be done with.</param>
    /// <param name="invalidForFit">Rows that can be transformed, but not fitted to.</param>
    /// <remarks>The estimator has a seed, or its context: fitted twice to the same rows, it makes the same transformer.</remarks>
    public static void Run(MLContext ml, IEstimator<ITransformer> estimator, IDataView valid, IDataView[] invalid, IDataView[] invalidForFit)
    {
        foreach (IDataView wrong in (IDataView[])[.. invalid, .. invalidForFit])
        {
            Refuses(() => estimator.GetOutputSchema(Shape(wrong.Schema)));
            Refuses(() => estimator.Fit(wrong));
        }

        Assert.ThrowsExactly<ArgumentNullException>(() => estimator.Fit(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => estimator.GetOutputSchema(null!));
        SchemaShape promised = estimator.GetOutputSchema(Shape(valid.Schema));
        ITransformer made = estimator.Fit(valid);
        ITransformer loaded = SavedAndLoaded(ml, made, valid.Schema, out DataViewSchema schema);
        Views.SameSchema(valid.Schema, schema);
        foreach (ITransformer transformer in (ITransformer[])[made, loaded])
        {
            Delivers(promised, transformer, valid);
            foreach (IDataView wrong in invalid)
            {
                Refuses(() => transformer.GetOutputSchema(wrong.Schema));
                Refuses(() => transformer.Transform(wrong));
                Refuses(() => transformer.GetRowToRowMapper(wrong.Schema));
            }
            foreach (IDataView unlabelled in invalidForFit)
                Views.SameSchema(transformer.GetOutputSchema(unlabelled.Schema), transformer.Transform(unlabelled).Schema);
        }
        Views.SameValues(made.Transform(valid), loaded.Transform(valid));
        Views.SameValues(made.Transform(valid), made.Transform(valid), apart: true);

        IDataView cached = ml.Data.Cache(valid);
        Views.SameValues(made.Transform(valid), estimator.Fit(cached).Transform(cached));
        foreach (ITransformer transformer in (ITransformer[])[made, loaded]) IsSound(ml, transformer, valid);
        foreach (ITransformer transformer in (ITransformer[])[made, loaded])
        {
            (transformer as IDisposable)?.Dispose();
            (transformer as IDisposable)?.Dispose();
        }
    }

    /// <summary>What ML.NET asks of every view and mapper: by whatever way a row is read, it is the same.</summary>
    private static void IsSound(MLContext ml, ITransformer transformer, IDataView valid)
    {
        IDataView made = transformer.Transform(valid);
        DataViewSchema.Column[] columns = [.. made.Schema];
        Views.SaysWhatItIs(made.Schema);
        string[] rows = Views.Rows(made, columns);

        Parallel.For(0, 4, _ => CollectionAssert.AreEqual(rows, Views.Rows(made, columns), "four threads at once"));
        CollectionAssert.AreEqual(Views.Unplaced(rows), Views.Unplaced([.. made.GetRowCursorSet(columns, 4).SelectMany(cursor => Views.Rows(cursor, columns))]), "a set of cursors");
        string[] shuffled = Views.Rows(made.GetRowCursor(columns, new Random(1)), columns);
        if (made.CanShuffle) CollectionAssert.AreEqual(Views.Unplaced(rows), Views.Unplaced(shuffled), "shuffled");
        else CollectionAssert.AreEqual(rows, shuffled, "a view that cannot shuffle does not");
        Assert.AreEqual(made.GetRowCount() ?? rows.Length, rows.Length);

        IRowToRowMapper mapper = transformer.GetRowToRowMapper(valid.Schema);
        using (DataViewRowCursor cursor = valid.GetRowCursor(mapper.GetDependencies(mapper.OutputSchema)))
            CollectionAssert.AreEqual(rows, Views.Rows(cursor, mapper.GetRow(cursor, mapper.OutputSchema), [.. mapper.OutputSchema]), "the mapper's rows are the view's");

        using var file = new MemoryStream();
        ml.Data.SaveAsBinary(made, file, keepHidden: true);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file.ToArray());
            Views.SameSchema(made.Schema, ml.Data.LoadFromBinary(path).Schema);
            IDataView kept = ml.Data.LoadFromBinary(path);
            CollectionAssert.AreEqual(Views.Values(rows), Views.Values(Views.Rows(kept, [.. kept.Schema])), "saved as binary and loaded");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>SchemaShape.Create, which ML.NET keeps to itself.</summary>
    public static SchemaShape Shape(DataViewSchema schema)
        => (SchemaShape)typeof(SchemaShape).GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [schema])!;

    public static ITransformer SavedAndLoaded(MLContext ml, ITransformer transformer, DataViewSchema input, out DataViewSchema loadedInput)
    {
        using var file = new MemoryStream();
        ml.Model.Save(transformer, input, file);
        file.Position = 0;
        return ml.Model.Load(file, out loadedInput);
    }

    private static void Delivers(SchemaShape promised, ITransformer transformer, IDataView valid)
    {
        DataViewSchema schema = transformer.GetOutputSchema(valid.Schema);
        Assert.IsTrue(transformer.IsRowToRowMapper);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(valid.Schema);
        Assert.AreSame(valid.Schema, mapper.InputSchema);
        Views.SameSchema(schema, mapper.OutputSchema);
        Views.SameSchema(schema, transformer.Transform(valid).Schema);
        Assert.AreEqual(Text(promised), Text(Shape(schema)), "what GetOutputSchema promised is not what came");
    }

    private static void Refuses(Action act) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(act);

    private static string Text(IEnumerable<SchemaShape.Column> columns)
        => string.Join('\n', columns.OrderBy(c => c.Name).Select(c => $"{c.Name}: {c.Kind} {c.ItemType} {(c.IsKey ? "key" : "")} ({Text(c.Annotations).ReplaceLineEndings(", ")})"));
}
