namespace Lethe.Privacy;

/// <summary>
/// What a fitted model formally promises about the patients behind it. A claim is made by the method that earned it and
/// never adjusted afterwards. Methods without a mechanism have <see cref="None"/>.
/// </summary>
public sealed record PrivacyClaim
{
    private PrivacyClaim(string kind, string sentence)
    {
        Kind = kind;
        Sentence = sentence;
    }

    /// <summary>No formal claim: the model was trained on the data without a mechanism that limits what it reveals.</summary>
    public static PrivacyClaim None { get; } = new(
        "none",
        "No formal privacy claim: the method sets no mathematical limit on what its output reveals about a patient.");

    /// <summary>Kind of claim as written to model files: <c>none</c>.</summary>
    public string Kind { get; }

    /// <summary>The claim in one sentence, as reports print it.</summary>
    public string Sentence { get; }
}
