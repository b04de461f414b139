using System.IO.Compression;
using Lethe.Data.Cohorts;
using Lethe.Data.Cohorts.Definitions;
using Lethe.Data.Cohorts.Reading;
using Lethe.Data.Rows;
using Lethe.Data.Sources.Postgres;
using Npgsql;

namespace Lethe.Data.Tests.Cohorts;

/// <summary>A real demo in a real server: the database gives the cohort that the files give.</summary>
public sealed class PostgresDemoTests(PostgresServer server)
{
    private static readonly (string Table, string File, string Columns)[] Mimic =
    [
        ("patients", "hosp/patients", "subject_id int, gender char(1), anchor_age int, anchor_year int, anchor_year_group text, dod date"),
        ("admissions", "hosp/admissions", "subject_id int, hadm_id int, admittime timestamp, dischtime timestamp, deathtime timestamp, admission_type text, admit_provider_id text, admission_location text, discharge_location text, insurance text, language text, marital_status text, race text, edregtime timestamp, edouttime timestamp, hospital_expire_flag smallint"),
        ("icustays", "icu/icustays", "subject_id int, hadm_id int, stay_id int, first_careunit text, last_careunit text, intime timestamp, outtime timestamp, los numeric"),
        ("outputevents", "icu/outputevents", "subject_id int, hadm_id int, stay_id int, caregiver_id int, charttime timestamp, storetime timestamp, itemid int, value double precision, valueuom text"),
        ("procedureevents", "icu/procedureevents", "subject_id int, hadm_id int, stay_id int, caregiver_id int, starttime timestamp, endtime timestamp, storetime timestamp, itemid int, value double precision, valueuom text, location text, locationcategory text, orderid bigint, linkorderid bigint, ordercategoryname text, ordercategorydescription text, patientweight double precision, isopenbag smallint, continueinnextdept smallint, statusdescription text, originalamount double precision, originalrate double precision"),
        ("chartevents", "reconstructed/chartevents_numeric", "subject_id int, hadm_id int, stay_id int, charttime timestamp, itemid int, valuenum double precision, valueuom text"),
        ("labevents", "reconstructed/labevents_numeric", "subject_id int, hadm_id int, charttime timestamp, itemid int, valuenum double precision, valueuom text"),
    ];

    [Fact]
    public void The_mimic_iv_demo_reads_the_same_from_postgresql_as_from_files()
    {
        string connection = server.ConnectionString; // skips where there is no server
        string folder = SharedFolder.Require("data/mimic-iv-demo-2.2");
        Load(connection, folder);
        CohortDefinition paper = CohortYaml.Find("adult-first-48h");
        CohortReadResult files = Mimic4Reader.Read(new CsvFolderSource(folder), paper, TestContext.Current.CancellationToken);
        CohortReadResult database = Mimic4Reader.Read(new PostgresRowSource(PostgresSource.FromConnectionString(connection), "mimiciv"), paper, TestContext.Current.CancellationToken);
        HospitalReaderTests.Balanced(database);
        Assert.Empty(database.Warnings);
        Assert.Equal(files.Attrition.Steps, database.Attrition.Steps);
        Assert.Equal(files.Tally.Read, database.Tally.Read);
        CohortFolderTests.Same(files.Cohort, database.Cohort);
    }

    private static void Load(string connectionString, string folder)
    {
        using NpgsqlConnection connection = new(connectionString + ";Pooling=false");
        connection.Open();
        Execute(connection, "CREATE SCHEMA mimiciv");
        foreach ((string table, string file, string columns) in Mimic)
        {
            Execute(connection, $"CREATE TABLE mimiciv.{table} ({columns})");
            using TextWriter copy = connection.BeginTextImport($"COPY mimiciv.{table} FROM STDIN WITH (FORMAT csv, HEADER true)");
            using StreamReader text = new(new GZipStream(File.OpenRead(Path.Combine(folder, file + ".csv.gz")), CompressionMode.Decompress));
            char[] buffer = new char[1 << 16];
            for (int n; (n = text.Read(buffer)) > 0;)
                copy.Write(buffer.AsSpan(0, n));
        }
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // statements of this test's own
        using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
