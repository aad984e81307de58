import Core
import Crypto
import Database
import Web

/// Counts guesses in the database, before they are looked at.
enum PeopleAttemptStore {
    /// A counter with its limit. Its name is a hash: neither addresses nor names that were tried are kept.
    struct Bucket: Sendable {
        let limit: PeopleThrottle
        let name: String

        private init(_ limit: PeopleThrottle, _ kind: String, _ text: String) {
            self.limit = limit
            name = kind + ":" + Hex.text(SHA256.hash(data: Array(text.utf8)).prefix(16))
        }

        /// Guesses at a name, whether there is such an account or not.
        static func account(_ signInName: String) -> Bucket { Bucket(.account, "account", signInName) }

        static func device(_ device: PeopleToken, of person: ID) -> Bucket {
            Bucket(.device, "device", "\(person) \(device.text)")
        }

        static func code(_ person: ID) -> Bucket { Bucket(.code, "code", "\(person)") }

        static func source(_ address: String) -> Bucket { Bucket(.source, "source", PeopleSource.bucket(address)) }
    }

    /// Takes one guess out of each bucket, or none and refuses with the time from which there are more.
    static func take(_ buckets: [Bucket], now: Instant, _ tx: any Writer) throws {
        for bucket in buckets {
            let counted = try tx.rows(
                """
                SELECT window_start, count FROM attempt
                WHERE bucket = \(bucket.name) AND window_start >= \(bucket.limit.firstSlot(at: now))
                """
            ).map { (slot: try $0.instant("window_start"), count: try $0.integer("count")) }
            if let free = bucket.limit.waitUntil(counted, now: now) {
                throw Refusal(.tooMany, "people.refusal.tooMany", ["at": free.vietnamClock])
            }
        }
        for bucket in buckets {
            try tx.execute(
                """
                INSERT INTO attempt (bucket, window_start, count)
                VALUES (\(bucket.name), \(bucket.limit.slot(of: now)), 1)
                ON CONFLICT (bucket, window_start) DO UPDATE SET count = attempt.count + 1
                """)
        }
        try tx.execute("DELETE FROM attempt WHERE window_start < \(now - .hours(3))")
    }

    /// Gives back what a right answer took: honest people are not counted.
    static func giveBack(_ buckets: [Bucket], at taken: Instant, _ tx: any Writer) throws {
        for bucket in buckets {
            try tx.execute(
                """
                UPDATE attempt SET count = count - 1
                WHERE bucket = \(bucket.name) AND window_start = \(bucket.limit.slot(of: taken)) AND count > 0
                """)
        }
    }
}
