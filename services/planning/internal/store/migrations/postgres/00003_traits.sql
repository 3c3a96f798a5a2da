-- +goose Up
-- NULL means that the unit itself does not say whether it is in a remote area.
ALTER TABLE units ADD COLUMN remote BOOLEAN;

ALTER TABLE people ADD COLUMN grade TEXT NOT NULL DEFAULT '';

-- The golongan stands at the end of the older column, "Penata Muda, III/a" or "IX"; where it does not, it is not known.
UPDATE people SET grade = COALESCE((
    SELECT g.column2
    FROM (VALUES
        ('PNS', 'I/a'), ('PNS', 'I/b'), ('PNS', 'I/c'), ('PNS', 'I/d'),
        ('PNS', 'II/a'), ('PNS', 'II/b'), ('PNS', 'II/c'), ('PNS', 'II/d'),
        ('PNS', 'III/a'), ('PNS', 'III/b'), ('PNS', 'III/c'), ('PNS', 'III/d'),
        ('PNS', 'IV/a'), ('PNS', 'IV/b'), ('PNS', 'IV/c'), ('PNS', 'IV/d'), ('PNS', 'IV/e'),
        ('PPPK', 'I'), ('PPPK', 'II'), ('PPPK', 'III'), ('PPPK', 'IV'), ('PPPK', 'V'), ('PPPK', 'VI'),
        ('PPPK', 'VII'), ('PPPK', 'VIII'), ('PPPK', 'IX'), ('PPPK', 'X'), ('PPPK', 'XI'), ('PPPK', 'XII'),
        ('PPPK', 'XIII'), ('PPPK', 'XIV'), ('PPPK', 'XV'), ('PPPK', 'XVI'), ('PPPK', 'XVII')
    ) AS g
    WHERE g.column1 = people.employment AND (people.rank = g.column2 OR lower(people.rank) LIKE '%, ' || lower(g.column2))
), '');

-- +goose Down
ALTER TABLE people DROP COLUMN grade;
ALTER TABLE units DROP COLUMN remote;
