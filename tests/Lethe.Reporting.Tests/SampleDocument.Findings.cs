using Lethe.Numerics.Randomness;
using Lethe.Results;

namespace Lethe.Reporting.Tests;

internal static partial class SampleDocument
{
    private static FidelitySection Fidelity(Seed seed)
    {
        RandomStream r = seed.Stream("fidelity");
        return new FidelitySection
        {
            Overall =
            [
                new Measure { Id = "fidelity.a1", Name = "Column similarity", Value = 0.951, Interval = Ci(0.943, 0.958), Reference = 0.963, ReferenceName = "real holdout", Direction = Direction.Higher, Minimum = 0, Maximum = 1, N = Train },
                new Measure { Id = "fidelity.a2", Name = "Pairwise similarity", Value = 0.914, Interval = Ci(0.897, 0.929), Reference = 0.942, ReferenceName = "real holdout", Direction = Direction.Higher, Minimum = 0, Maximum = 1, N = Train },
                new Measure { Id = "fidelity.mmd", Name = "MMD", Value = 0.0042, Reference = 0.0011, ReferenceName = "real holdout", Direction = Direction.Lower, Minimum = 0, Note = "Gaussian kernel, median bandwidth." },
                new Measure { Id = "fidelity.hellinger", Name = "Hellinger distance of copulas", NotComputedBecause = "one category has a single level in the holdout" },
            ],
            Columns = [.. Numeric.Select(n => NumericColumn(n, r)), .. Discrete.Select(d => DiscreteColumn(d, r))],
            Associations = Associations(r),
            WorstPairs =
            [
                new Measure { Id = "pair.difference", Name = "Difference of association", Subject = "age, heart_rate_max", Value = 0.172, Reference = 0.061, ReferenceName = "real holdout", Direction = Direction.Lower, Ideal = 0 },
                new Measure { Id = "pair.difference", Name = "Difference of association", Subject = "chest_pain, coronary_disease", Value = 0.134, Reference = 0.049, ReferenceName = "real holdout", Direction = Direction.Lower, Ideal = 0 },
            ],
            Detection =
            [
                new Measure { Id = "detection.logistic.auc", Name = "AUC of detection", Subject = "logistic regression", Value = 0.561, Interval = Ci(0.532, 0.589, "DeLong, logit scale"), Ideal = 0.5, Direction = Direction.Ideal, N = 1104 },
                new Measure { Id = "detection.forest.auc", Name = "AUC of detection", Subject = "random forest", Value = 0.643, Interval = Ci(0.611, 0.674, "DeLong, logit scale"), Ideal = 0.5, Direction = Direction.Ideal, N = 1104 },
            ],
            Projection = new Projection("PCA, 41 % of the variance", Cloud("real", 400, 0, r), Cloud("synthetic", 400, 0.15, r)),
            Novelty =
            [
                new Measure { Id = "fidelity.identical-share", Name = "Rows equal to a training row", Value = 0, Interval = Ci(0, 0.0019, "Wilson"), Direction = Direction.Lower, N = 2000 },
                new Measure { Id = "fidelity.dcr-p5", Name = "Distance to the closest training row, 5 % quantile", Value = 0.0583, Reference = 0.0551, ReferenceName = "holdout to training" },
            ],
            Neighbourhoods = new Projection("t-SNE of 200 real and 200 synthetic rows", Cloud("real", 200, 0, r), Cloud("synthetic", 200, 0.1, r)),
            Notes = ["References compare 552 training rows with 184 holdout rows."],
            Plausibility =
            [
                new Measure { Id = "rule.pressure", Name = "systolic pressure outside 50–300", Value = 0, Interval = Ci(0, 0.0019, "Wilson"), Reference = 0, ReferenceName = "real training data", Direction = Direction.Lower, N = 2000 },
                new Measure { Id = "rule.rate", Name = "heart rate above 220 − age + 30", Value = 0.0125, Interval = Ci(0.0085, 0.0184, "Wilson"), Reference = 0.0054, ReferenceName = "real training data", Direction = Direction.Lower, N = 2000 },
            ],
        };
    }

    private static ColumnFidelity NumericColumn((string Name, string Kind, string Role, string? Unit, double Mean, double Deviation) n, RandomStream r)
    {
        double low = Math.Max(0, n.Mean - (2.6 * n.Deviation)), high = n.Mean + (3 * n.Deviation);
        double[] edges = [.. Enumerable.Range(0, 13).Select(i => low + ((high - low) * i / 12))];
        double missing = n.Name == "creatinine" ? 0.13 : 0;
        double[] Shares(int size, double shift, double missingShare)
        {
            double[] counts = new double[12];
            for (int i = 0; i < size; i++)
            {
                double x = n.Mean + (shift * n.Deviation) + (n.Deviation * r.NextGaussian());
                counts[Math.Clamp((int)((x - low) / (high - low) * 12), 0, 11)]++;
            }

            return [.. counts.Select(c => c / size * (1 - missingShare)), .. missing > 0 ? [missingShare] : Array.Empty<double>()];
        }

        return new ColumnFidelity(
            n.Name,
            n.Kind,
            [
                new Measure { Id = "column.ks", Name = "Kolmogorov–Smirnov distance", Value = 0.041 + (0.01 * r.NextDouble()), Interval = Ci(0.021, 0.068), Reference = 0.038, ReferenceName = "real holdout", Direction = Direction.Lower, Minimum = 0, Maximum = 1 },
                new Measure { Id = "column.range.max", Name = "Largest value", Value = high, Reference = high - 1, ReferenceName = "real holdout" },
            ],
            new Distribution
            {
                Labels = [.. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{edges[i]:0.##}–{edges[i + 1]:0.##}")), .. missing > 0 ? ["missing"] : Array.Empty<string>()],
                Edges = edges,
                Real = Shares(Train, 0, missing),
                Synthetic = Shares(2000, 0.12, 0.8 * missing),
                Holdout = Shares(Holdout, 0, missing),
            });
    }

    private static ColumnFidelity DiscreteColumn((string Name, string Role, string[] Levels, double[] Shares) d, RandomStream r)
    {
        double[] Drawn(int size)
        {
            double[] counts = new double[d.Levels.Length];
            for (int i = 0; i < size; i++)
                counts[r.NextIndex(d.Shares)]++;
            return [.. counts.Select(c => c / size)];
        }

        return new ColumnFidelity(
            d.Name,
            "categorical",
            [new Measure { Id = "column.tv", Name = "Total variation distance", Value = 0.03 + (0.02 * r.NextDouble()), Interval = Ci(0.012, 0.066), Reference = 0.029, ReferenceName = "real holdout", Direction = Direction.Lower, Minimum = 0, Maximum = 1 }],
            new Distribution { Labels = d.Levels, Real = Drawn(Train), Synthetic = Drawn(2000), Holdout = Drawn(Holdout) });
    }

    private static AssociationMatrices Associations(RandomStream r)
    {
        int n = Names.Count;
        double?[][] real = [.. Enumerable.Range(0, n).Select(_ => new double?[n])], synthetic = [.. Enumerable.Range(0, n).Select(_ => new double?[n])];
        for (int i = 0; i < n; i++)
        {
            real[i][i] = synthetic[i][i] = 1;
            for (int j = i + 1; j < n; j++)
            {
                bool signed = i < Numeric.Length && j < Numeric.Length;
                double x = signed ? 0.9 * (r.NextDouble() - 0.5) : 0.5 * r.NextDouble() * r.NextDouble();
                double y = Math.Clamp((0.85 * x) + (0.05 * r.NextGaussian()), signed ? -1 : 0, 1);
                real[i][j] = real[j][i] = x;
                synthetic[i][j] = synthetic[j][i] = y;
            }
        }

        return new AssociationMatrices(Names, "Pearson, correlation ratio or Cramér's V by kind of pair", real, synthetic);
    }

    private static Series Cloud(string name, int size, double shift, RandomStream r)
    {
        double[] x = new double[size], y = new double[size];
        for (int i = 0; i < size; i++)
        {
            bool second = r.NextBool(0.4);
            x[i] = shift + (second ? 1.9 : -1.1) + r.NextGaussian();
            y[i] = (second ? -0.6 : 0.5) + (0.8 * r.NextGaussian());
        }

        return new Series(name, x, y);
    }

    private static UtilitySection Utility(Seed seed)
    {
        RandomStream r = seed.Stream("utility");
        return new UtilitySection
        {
            Target = "coronary_disease",
            Positive = "present",
            Design = "One stratified split; three learners with fixed settings; 184 real patients in the holdout.",
            Headline =
            [
                new Measure { Id = "utility.auroc", Name = "AUROC", Value = 0.842, Interval = Ci(0.781, 0.893, "DeLong, logit scale"), Reference = 0.889, ReferenceInterval = Ci(0.836, 0.928, "DeLong, logit scale"), ReferenceName = "trained on real", Direction = Direction.Higher, Minimum = 0, Maximum = 1, N = Holdout },
                new Measure { Id = "utility.auroc.difference", Name = "Loss of AUROC", Value = 0.047, Interval = Ci(0.001, 0.094, "paired DeLong"), Ideal = 0, Direction = Direction.Lower, N = Holdout },
            ],
            Learners = [Learner("logistic regression", 1.75, 2.0, r), Learner("random forest", 1.5, 1.9, r), Learner("gradient boosting", 1.4, 1.8, r)],
            Agreement = [new Measure { Id = "importance.spearman", Name = "Rank correlation of feature importances", Value = 0.81, Interval = Ci(0.55, 0.94), Ideal = 1, Direction = Direction.Higher, Minimum = -1, Maximum = 1, N = 11 }],
        };
    }

    private static LearnerUtility Learner(string name, double synthetic, double real, RandomStream r)
    {
        (double, double) auroc = (0.78 + (0.05 * synthetic / 2), 0.82 + (0.07 * real / 2));
        return new LearnerUtility
        {
            Learner = name,
            Measures =
            [
                new Measure { Id = "auroc", Name = "AUROC", Value = auroc.Item1, Interval = Ci(auroc.Item1 - 0.06, auroc.Item1 + 0.05, "DeLong, logit scale"), Reference = auroc.Item2, ReferenceInterval = Ci(auroc.Item2 - 0.05, auroc.Item2 + 0.04, "DeLong, logit scale"), ReferenceName = "trained on real", Direction = Direction.Higher, Minimum = 0, Maximum = 1, N = Holdout },
                new Measure { Id = "accuracy", Name = "Accuracy", Value = 0.766, Interval = Ci(0.700, 0.822, "Wilson"), Reference = 0.81, ReferenceInterval = Ci(0.748, 0.86, "Wilson"), ReferenceName = "trained on real", Direction = Direction.Higher, Minimum = 0, Maximum = 1, N = Holdout },
                new Measure { Id = "brier", Name = "Brier score", Value = 0.163, Interval = Ci(0.142, 0.187), Reference = 0.137, ReferenceInterval = Ci(0.116, 0.16), ReferenceName = "trained on real", Direction = Direction.Lower, Minimum = 0, Maximum = 1, N = Holdout },
            ],
            Tstr = Report(76, 23, 20, 65),
            Trtr = Report(82, 17, 18, 67),
            Roc = [Roc("TSTR", synthetic, 85, 99, r), Roc("TRTR", real, 85, 99, r)],
            Calibration = [Reliability("TSTR", 0.82, r), Reliability("TRTR", 0.97, r)],
        };
    }

    public static ClassificationReport Report(int a, int b, int c, int d)
    {
        static ClassScores Score(string label, int hit, int row, int column)
        {
            double p = column == 0 ? 0 : hit / (double)column, q = row == 0 ? 0 : hit / (double)row;
            return new ClassScores(label, p, q, p + q == 0 ? 0 : 2 * p * q / (p + q), row);
        }

        ClassScores absent = Score("absent", a, a + b, a + c), present = Score("present", d, c + d, b + d);
        int n = a + b + c + d;
        double w = (a + b) / (double)n;
        return new ClassificationReport
        {
            Classes = [absent, present],
            Accuracy = (a + d) / (double)n,
            MacroAverage = new("macro average", (absent.Precision + present.Precision) / 2, (absent.Recall + present.Recall) / 2, (absent.F1 + present.F1) / 2, n),
            WeightedAverage = new("weighted average", (w * absent.Precision) + ((1 - w) * present.Precision), (w * absent.Recall) + ((1 - w) * present.Recall), (w * absent.F1) + ((1 - w) * present.F1), n),
            Confusion = [[a, b], [c, d]],
        };
    }

    /// <summary>The empirical ROC of two normal samples whose means differ by <paramref name="shift"/>.</summary>
    private static Series Roc(string name, double shift, int positives, int negatives, RandomStream r)
    {
        (double Score, bool Positive)[] cases =
        [
            .. Enumerable.Range(0, positives).Select(_ => (shift + r.NextGaussian(), true)),
            .. Enumerable.Range(0, negatives).Select(_ => (r.NextGaussian(), false)),
        ];
        List<double> x = [0], y = [0];
        int tp = 0, fp = 0;
        foreach ((_, bool positive) in cases.OrderByDescending(c => c.Score))
        {
            if (positive)
                tp++;
            else
                fp++;
            x.Add(fp / (double)negatives);
            y.Add(tp / (double)positives);
        }

        return new Series(name, x, y);
    }

    private static Series Reliability(string name, double slope, RandomStream r)
    {
        double[] x = [.. Enumerable.Range(0, 10).Select(i => (i + 0.5) / 10)];
        return new Series(name, x, [.. x.Select(p => Math.Clamp(0.5 + (slope * (p - 0.5)) + (0.05 * r.NextGaussian()), 0, 1))]);
    }

    private static FairnessSection Fairness() => new()
    {
        Design = "Groups by sex and age band; random forest; tested on the real holdout.",
        Groups =
        [
            Group("sex", "female", 66, 0.36, 0.35, 0.83, 0.88),
            Group("sex", "male", 118, 0.64, 0.65, 0.85, 0.89),
            Group("age", "under 40", 6, 0.05, 0.03, 0.79, 0.84) with { Unreliable = true },
            Group("age", "40 to 64", 118, 0.63, 0.66, 0.84, 0.89),
            Group("age", "65 and over", 60, 0.32, 0.31, 0.83, 0.88),
        ],
        Gaps = [new Measure { Id = "fairness.equal-opportunity", Name = "Difference of true positive rates", Subject = "sex", Value = 0.071, Interval = Ci(-0.05, 0.19), Reference = 0.042, ReferenceName = "trained on real", Direction = Direction.Lower, Ideal = 0, Minimum = 0, Maximum = 1, N = Holdout }],
    };

    private static GroupFairness Group(string attribute, string group, int holdout, double real, double synthetic, double tstr, double trtr) => new()
    {
        Attribute = attribute,
        Group = group,
        Holdout = holdout,
        RealShare = real,
        SyntheticShare = synthetic,
        Measures = [new Measure { Id = "group.auroc", Name = "AUROC", Value = tstr, Interval = Ci(tstr - 0.08, tstr + 0.07), Reference = trtr, ReferenceName = "trained on real", Direction = Direction.Higher, N = holdout }],
    };

    private static PrivacySection Privacy(Seed seed)
    {
        RandomStream r = seed.Stream("privacy");
        return new PrivacySection
        {
            Claim = "No formal privacy claim",
            Verdict = "Inconclusive at level T1: no signal in five attacks; this audit could have seen a leak of at least 15 % copied patients",
            Attacks =
            [
                Membership("gan-leaks", "Closest record", "T0: the released file and the candidate's own record", 0.512, "Chen et al. GAN-Leaks. CCS 2020", r),
                Membership("knn-density", "Neighbour density", "T0: the released file and the candidate's own record", 0.526, "Hilprecht et al. PETS 2019", r),
                Membership("domias-kde", "DOMIAS, kernel density", "T1: the file and similar real data", 0.541, "van Breugel et al. AISTATS 2023", r),
                Membership("distance-difference", "Calibrated distance", "T1: the file and similar real data", 0.519, "Chen et al. GAN-Leaks. CCS 2020", r),
                Membership("classifier", "Synthetic against reference classifier", "T1: the file and similar real data", 0.497, "Hayes et al. LOGAN. PETS 2019", r),
                new AttackResult
                {
                    Attack = new Descriptor("aia-knn", "Attribute inference by neighbours", "attribute", "Predicts smoker from the other columns.", "Stadler et al. Groundhog Day. USENIX Security 2022"),
                    Area = AttackArea.Attribute,
                    ThreatModel = "T0: the released file and eleven columns of the target",
                    Measures = [new Measure { Id = "attack.aia-knn.excess", Name = "Excess accuracy over unused patients", Value = 0.011, Interval = Ci(-0.062, 0.085, "Newcombe"), Ideal = 0, Direction = Direction.Lower, Minimum = -1, Maximum = 1, N = 368 }],
                    Members = Holdout,
                    NonMembers = Holdout,
                    Finding = "Under this attack, training patients were guessed 1.1 points more often than unused patients, 95 % interval −6.2 to 8.5.",
                },
                new AttackResult
                {
                    Attack = new Descriptor("singling-out", "Singling out, multivariate", "wp216", "Predicates that isolate one person.", "Giomi et al. Anonymeter. PETS 2023"),
                    Area = AttackArea.SinglingOut,
                    ThreatModel = "T0: the released file",
                    Measures = [new Measure { Id = "attack.singling-out.risk", Name = "Residual risk", Value = 0.018, Interval = Ci(0, 0.052, "Wilson, residual"), Ideal = 0, Direction = Direction.Lower, Minimum = 0, Maximum = 1, N = 500 }],
                    Members = Train,
                    NonMembers = Holdout,
                    Finding = "Nine more of 500 guesses singled out a training patient than a control.",
                },
            ],
            Copies =
            [
                new Measure { Id = "copies.exact", Name = "Exact copies of training rows", Value = 0, Interval = Ci(0, 0.0019, "Wilson"), Reference = 0, ReferenceName = "copies of holdout rows", Ideal = 0, Direction = Direction.Lower, Minimum = 0, Maximum = 1, N = 2000 },
                new Measure { Id = "copies.near", Name = "Near copies of training rows", Value = 0.0035, Interval = Ci(0.0017, 0.0072, "Wilson"), Reference = 0.003, ReferenceName = "copies of holdout rows", Direction = Direction.Lower, Minimum = 0, Maximum = 1, N = 2000 },
            ],
            Distances =
            [
                new Measure { Id = "distance.median", Name = "Median distance to the closest training row", Value = 0.142, Reference = 0.139, ReferenceName = "holdout to training", Direction = Direction.None, N = 2000 },
                new Measure { Id = "distance.p5", Name = "5 % quantile of the distance", Value = 0.058, Reference = 0.055, ReferenceName = "holdout to training", Direction = Direction.None, N = 2000 },
            ],
            DistanceCurves = [Cumulative("synthetic to training patients", 0.14, r), Cumulative("synthetic to holdout patients", 0.147, r), Cumulative("holdout to training patients", 0.139, r)],
            Controls =
            [
                new ControlResult("training data released as they are", true, new Measure { Id = "control.exact.auc", Name = "AUC", Value = 0.999, Interval = Ci(0.994, 1), Ideal = 0.5 }, true, "AUC at least 0.99"),
                new ControlResult("unused real patients released", false, new Measure { Id = "control.negative.auc", Name = "AUC", Value = 0.507, Interval = Ci(0.448, 0.566), Ideal = 0.5 }, true, "interval holds 0.5"),
            ],
            Exposed = [new Measure { Id = "attack.exposed.auc", Name = "AUC of DOMIAS", Subject = "the 5 % most isolated patients", Value = 0.58, Interval = Ci(0.41, 0.73), Ideal = 0.5, Direction = Direction.Lower, N = 38 }],
            NotTested = ["Attacks with look-alike models (T4).", "Attacks on the model file (T5).", "A second release from the same patients.", "Linkage with registers outside the hospital."],
        };
    }

    private static AttackResult Membership(string name, string title, string threat, double auc, string paper, RandomStream r) => new()
    {
        Attack = new Descriptor(name, title, "membership", "Scores candidates.", paper),
        Area = AttackArea.Membership,
        ThreatModel = threat,
        Measures =
        [
            new Measure { Id = $"attack.{name}.auc", Name = "AUC", Value = auc, Interval = Ci(auc - 0.059, auc + 0.058, "DeLong, logit scale"), Ideal = 0.5, Direction = Direction.Ideal, Minimum = 0, Maximum = 1, N = 2 * Holdout },
            new Measure { Id = $"attack.{name}.tpr-at-fpr-0.1", Name = "TPR at 10 % FPR", Value = 0.092 + (auc - 0.5), Interval = Ci(0.06, 0.19, "Clopper–Pearson"), Ideal = 0.1, Direction = Direction.Lower, Minimum = 0, Maximum = 1, N = Holdout },
            new Measure { Id = $"attack.{name}.tpr-at-fpr-0.01", Name = "TPR at 1 % FPR", Ideal = 0.01, NotComputedBecause = "1 % of 184 non-members is fewer than ten" },
        ],
        Roc = [Roc("attack", 2.5 * (auc - 0.5), Holdout, Holdout, r)],
        Members = Holdout,
        NonMembers = Holdout,
        Finding = $"Under this attack, with this knowledge, on this data, members were ranked above non-members with AUC {FormattableString.Invariant($"{auc:0.000}")}: not detected by this attack at this power.",
        Power = "With these candidates an AUC of 0.588 would have been detected in nine of ten audits.",
    };

    private static Series Cumulative(string name, double median, RandomStream r)
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(_ => median * Math.Exp(0.5 * r.NextGaussian())).Order()];
        return new Series(name, x, [.. Enumerable.Range(1, 200).Select(i => i / 200.0)]);
    }
}
