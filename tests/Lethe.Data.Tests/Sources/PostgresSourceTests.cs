using Lethe.Data.Problems;
using Lethe.Data.Sources.Postgres;
using Lethe.Data.Tests.Catalogue;

namespace Lethe.Data.Tests.Sources;

/// <summary>Connection strings and what goes wrong before a server answers.</summary>
public sealed class PostgresSourceTests
{
    [Theory]
    [InlineData("Host=db.hospital.example;Database=omop;Username=reader;Password=hunter2", "database omop on db.hospital.example:5432")]
    [InlineData("Host=db;Port=6543;Username=reader", "database reader on db:6543")]
    [InlineData("postgresql://reader:hunter2@db:6543/omop?sslmode=require&connect_timeout=5", "database omop on db:6543")]
    [InlineData("postgres://r%40x@db/a%20b?sslmode=verify-full", "database a b on db:5432")]
    public void Both_forms_of_connection_strings_are_read_and_messages_name_no_password(string connectionString, string name)
    {
        PostgresSource source = PostgresSource.FromConnectionString(connectionString);
        Assert.Equal(name, source.Name);
        Assert.DoesNotContain("hunter2", source.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hosst=db;Password=hunter2")]
    [InlineData("Database=omop;Password=hunter2")]
    [InlineData("just words hunter2")]
    [InlineData("postgresql://db/omop?nonsense=hunter2")]
    [InlineData("Host=db;Port=many;Password=hunter2")]
    public void A_connection_string_that_cannot_be_read_is_an_error_without_its_text(string connectionString)
    {
        DataException e = Assert.Throws<DataException>(() => PostgresSource.FromConnectionString(connectionString));
        Assert.StartsWith("LD316 the PostgreSQL connection string cannot be read", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.OwnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_setting_the_error_says_what_to_set()
    {
        DataException e = Assert.Throws<DataException>(() => PostgresSource.FromEnvironment(_ => null));
        Assert.StartsWith("LD316", e.Message, StringComparison.Ordinal);
        Assert.Contains("LETHE_POSTGRES", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("LD316", Assert.Throws<DataException>(() => PostgresSource.FromEnvironment(v => v is "PGHOST" or "PGPORT" ? "x" : null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_told()
    {
        Uri dead = LoopbackServer.DeadUrl();
        PostgresSource source = PostgresSource.FromConnectionString($"Host=127.0.0.1;Port={dead.Port};Database=x;Username=y;Timeout=5");
        DataException e = Assert.Throws<DataException>(() => PostgresTableReader.Read(source, "SELECT 1 AS a"));
        Assert.StartsWith($"LD315 database x on 127.0.0.1:{dead.Port}: the PostgreSQL server cannot be reached", e.Message, StringComparison.Ordinal);
    }
}
