namespace Microsoft.ML.Spiking.Tests;

/// <summary>Runs where SPIKING_DATA names a folder with MNIST; skipped, with that reason, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresMnistAttribute : ConditionBaseAttribute
{
    public RequiresMnistAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = "Needs MNIST: set SPIKING_DATA to a folder with its four IDX files.";

    public static string? Folder => Environment.GetEnvironmentVariable("SPIKING_DATA") is { Length: > 0 } folder ? folder : null;

    public override string GroupName => "MNIST";

    public override bool IsConditionMet => Folder is not null;
}
