using Microsoft.ML.Data;

namespace Microsoft.ML.Spiking.Transforms;

/// <summary>The annotations by which ML.NET's evaluators, and AutoML, know the columns that one scoring produced.</summary>
/// <param name="input">The rows that are scored, of which earlier scorings may have left sets of their own.</param>
/// <param name="task">What the scores are for, in ML.NET's words.</param>
internal sealed class ScoreSet(DataViewSchema input, string task)
{
    private const string SetId = "ScoreColumnSetId", Kind = "ScoreColumnKind", ValueKind = "ScoreValueKind";

    private readonly uint _id = Next(input);

    /// <summary>The same, promised before there is a model.</summary>
    public static SchemaShape.Column[] Promise { get; } =
    [
        MLNet.Key(SetId),
        MLNet.Column(Kind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
        MLNet.Column(ValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
    ];

    /// <summary>Says of a column that it belongs to the set.</summary>
    /// <param name="annotations">The column's.</param>
    /// <param name="valueKind">What it holds, in ML.NET's words.</param>
    public DataViewSchema.Annotations.Builder Annotate(DataViewSchema.Annotations.Builder annotations, string valueKind)
    {
        annotations.Add(SetId, new KeyDataViewType(typeof(uint), int.MaxValue), (ref uint id) => id = _id);
        annotations.AddPrimitiveValue(Kind, TextDataViewType.Instance, task.AsMemory());
        annotations.AddPrimitiveValue(ValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        return annotations;
    }

    /// <summary>One more than the largest set of score columns in the input.</summary>
    private static uint Next(DataViewSchema input)
    {
        uint next = 1;
        foreach (DataViewSchema.Column column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(SetId) is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint)) continue;
            uint id = 0;
            column.Annotations.GetValue(SetId, ref id);
            next = Math.Max(next, id + 1);
        }
        return next;
    }
}
