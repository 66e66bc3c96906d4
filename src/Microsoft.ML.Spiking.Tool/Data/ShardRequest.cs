using System.Globalization;

namespace Microsoft.ML.Spiking.Tool;

/// <summary>Which part of the rows a user asks for.</summary>
/// <param name="Index">Which, from 0; null for the one that a scheduler's variables name.</param>
/// <param name="Count">How many there are; null for what those say.</param>
internal readonly record struct ShardRequest(int? Index, int? Count)
{
    public const string Needed = "a part and how many there are, from 0/8 to 7/8, or auto or auto/8 for the part that Kubernetes or Slurm names";

    private const string Auto = "auto", Kubernetes = "JOB_COMPLETION_INDEX", Slurm = "SLURM_ARRAY_TASK_ID", SlurmCount = "SLURM_ARRAY_TASK_COUNT",
        SlurmFirst = "SLURM_ARRAY_TASK_MIN", SlurmStep = "SLURM_ARRAY_TASK_STEP";

    /// <summary>3/8, auto or auto/8; null for anything else.</summary>
    public static ShardRequest? Parse(string text)
    {
        if (text == Auto) return new ShardRequest(Index: null, Count: null);
        return text.Split('/') is [var part, var parts] && Number(parts) is > 0 and var count
            ? part == Auto ? new ShardRequest(Index: null, count) : Number(part) is { } index && index < count ? new ShardRequest(index, count) : null
            : null;
    }

    /// <summary>The variable that names a part to this process; null where there is none.</summary>
    public static string? Variable(Func<string, string?> environment)
        => environment(Kubernetes) is { Length: > 0 } ? Kubernetes : environment(Slurm) is { Length: > 0 } ? Slurm : null;

    /// <summary>The part, by what was said and by the variables of a scheduler.</summary>
    /// <param name="environment">The value of a variable; null where it is not set.</param>
    /// <exception cref="Failure">The variables are not there, or say another thing.</exception>
    public Shard Resolve(Func<string, string?> environment) => (Index, Count) switch
    {
        ({ } index, { } count) => new Shard(index, count),
        _ when environment(Kubernetes) is { Length: > 0 } && environment(Slurm) is { Length: > 0 }
            => throw Failure.Usage($"--shard is auto, but both {Kubernetes} and {Slurm} are set.", "give the part itself, as in --shard 0/8."),
        _ when Variable(environment) is not { } variable
            => throw Failure.Usage($"--shard is auto, but neither {Kubernetes} nor {Slurm} is set.",
                "give the part itself, as in --shard 0/8, or run it as an indexed Job of Kubernetes or an array job of Slurm."),
        _ when Variable(environment) == Kubernetes => OfKubernetes(environment),
        _ => OfSlurm(environment),
    };

    private Shard OfKubernetes(Func<string, string?> environment)
    {
        int index = Require(environment, Kubernetes);
        if (Count is not { } count)
        {
            throw Failure.Usage($"{Kubernetes} is {index}, but Kubernetes tells no one how many parts there are.",
                "give the Job's completions, as in --shard auto/8.");
        }
        return index < count
            ? new Shard(index, count)
            : throw Failure.Usage($"{Kubernetes} is {index}, but --shard says that there are {count} parts, from 0 on.",
                "give the Job's completions behind auto/.");
    }

    private Shard OfSlurm(Func<string, string?> environment)
    {
        int id = Require(environment, Slurm), count = Require(environment, SlurmCount), first = Require(environment, SlurmFirst);
        int step = environment(SlurmStep) is { Length: > 0 } ? Require(environment, SlurmStep) : 1;
        if (Count is { } said && said != count)
        {
            throw Failure.Usage($"{SlurmCount} is {count}, but --shard says that there are {said} parts.",
                "submit the whole array, since parts that are finished are not done again, or give the part itself, as in --shard 0/8.");
        }
        // Of --array=1,5,6 nobody here knows which task is which.
        return step > 0 && id >= first && (id - first) % step == 0 && (id - first) / step is var index && index < count
            ? new Shard(index, count)
            : throw Failure.Usage($"{Slurm} is {id}, which is none of {count} tasks from {first} on{(step == 1 ? "" : $" in steps of {step}")}.",
                "take an array without gaps, as in --array=0-7, or give the part itself, as in --shard 0/8.");
    }

    private static int Require(Func<string, string?> environment, string variable)
        => Number(environment(variable) ?? "") ?? throw Failure.Usage($"{variable} is '{environment(variable)}', but it must be a whole number.",
            "give the part itself, as in --shard 0/8.");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
