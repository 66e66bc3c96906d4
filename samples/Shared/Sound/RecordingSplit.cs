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

    /// <summary>One speaker is unseen.</summary>
    public static RecordingSplit BySpeaker(WordRecording[] recordings, string speaker)
        => new([.. recordings.Where(recording => recording.Speaker != speaker)], [.. recordings.Where(recording => recording.Speaker == speaker)]);
}
