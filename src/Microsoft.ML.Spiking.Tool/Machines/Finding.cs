namespace Microsoft.ML.Spiking.Tool;

/// <summary>What doctor found of one thing.</summary>
/// <param name="Name">The thing.</param>
/// <param name="Health">How it is.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do; null where nothing is wrong.</param>
internal sealed record Finding(string Name, Health Health, string Detail, string? Remedy = null)
{
    public static Finding Ok(string name, string detail) => new(name, Health.Ok, detail);

    public static Finding Warn(string name, string detail, string remedy) => new(name, Health.Warn, detail, remedy);

    public static Finding Fail(string name, string detail, string remedy) => new(name, Health.Fail, detail, remedy);
}

/// <summary>How a thing is.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but not as well as it might.</summary>
    Warn,

    /// <summary>It does not work.</summary>
    Fail,
}

/// <summary>All that doctor found.</summary>
/// <param name="CanTrain">Whether networks can be trained here.</param>
/// <param name="Findings">One entry a thing.</param>
internal sealed record Examination(bool CanTrain, IReadOnlyList<Finding> Findings);
