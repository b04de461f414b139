using Lethe.Data.Tables;

namespace Lethe.Synthesis.Series.Statics;

/// <summary>Drawn statics of some stays.</summary>
/// <param name="Columns">The static columns by name (and the number of steps where it varies); null without statics.</param>
/// <param name="Lengths">Steps of each stay.</param>
/// <param name="Encoded">Numbers that series are generated given, stays × <see cref="StaticModel.Width"/>, row-major.</param>
public sealed record StaticDraw(Table? Columns, int[] Lengths, float[] Encoded);
