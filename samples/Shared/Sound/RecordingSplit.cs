namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>Recordings to learn from, and others to be asked about.</summary>
internal sealed record RecordingSplit(WordRecording[] Training, WordRecording[] Unseen)
{
    /// <summary>Of each speaker's recordings of each word the first tenth is unseen, one at least: takes 0 to 4 of 50.</summary>
    public static RecordingSplit ByTake(WordRecording[] recordings)
    {
        var unseen = new HashSet<WordRecording>(recordings.GroupBy(recording => (recording.Word, recording.Speaker))
            .SelectMany(takes => takes.OrderBy(recording => recording.Take).Take(Math.Max(1, takes.Count() / 10))), ReferenceEqualityComparer.Instance);
        return new([.. recordings.Where(recording => !unseen.Contains(recording))], [.. recordings.Where(unseen.Contains)]);
    }

    /// <summary>The words to learn, in the order of their classes.</summary>
    /// <exception cref="IOException">They are fewer than two, or one can only be asked about.</exception>
    public string[] Words()
    {
        string[] words = [.. Training.Select(recording => recording.Word).Distinct().Order(StringComparer.Ordinal)];
        string? alone = Unseen.Select(recording => recording.Word).Except(words).FirstOrDefault();
        return alone is null && words.Length > 1
            ? words
            : throw new IOException((alone is null ? $"Of one word alone, '{words.FirstOrDefault()}', nothing can be learnt; " : $"Of '{alone}' no recording is left to learn from; ")
                + "a tenth of each speaker's recordings of a word, and one at least, is kept to be asked about: give two words or more, and two recordings or more "
                + "of each by one speaker.");
    }

    /// <summary>One speaker is unseen.</summary>
    public static RecordingSplit BySpeaker(WordRecording[] recordings, string speaker)
        => new([.. recordings.Where(recording => recording.Speaker != speaker)], [.. recordings.Where(recording => recording.Speaker == speaker)]);
}
